import { formatMoney } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import { saleMessages } from '../../sale/messages.ts';
import type { Category } from './hall-seats.ts';

/** The lowest and the highest price of categories, or the only one; empty without a category. */
export function priceRange(categories: readonly Category[]): string {
  const prices = categories.map(({ price }) => price);
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  if (prices.length === 0) return '';
  return low === high
    ? formatMoney(low)
    : textsOf(saleMessages).priceRange(formatMoney(low), formatMoney(high));
}
