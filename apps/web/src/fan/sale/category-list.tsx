import type { EventDetails } from '@frontrow/client';
import { formatMoney, formatNumber } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import './category-list.css';
import { saleMessages } from './messages.ts';

export type Category = NonNullable<EventDetails['categories']>[number];

type CategoryListProps = {
  readonly label: string;
  readonly categories: readonly Category[];
  readonly showsFree: boolean;
};

/** What each category costs, and how many of its seats are free. */
export function CategoryList({ label, categories, showsFree }: CategoryListProps) {
  const texts = textsOf(saleMessages);
  return (
    <ul class="category-list" aria-label={label}>
      {categories.map(({ key, name, price, colour, availableCount }) => (
        <li key={key}>
          <span class="category-colour" style={{ backgroundColor: colour }} aria-hidden="true" />
          <span class="category-name">{name}</span>
          <span class="numbers category-price">{formatMoney(price)}</span>
          {showsFree && (
            <span class="numbers muted category-free">
              {texts.seatsFree(availableCount, formatNumber(availableCount))}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
