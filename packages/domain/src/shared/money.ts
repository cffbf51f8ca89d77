import { invariant } from './invariant.ts';

/** An amount in the minor unit of the currency (ISO 4217). KRW has no fraction: 1 is one won. */
export type Money = number;

export const CURRENCY = 'KRW';

/** The largest amount and the largest balance, far below 2^53, up to which a double holds every integer. */
export const MONEY_MAX: Money = 1_000_000_000_000;

export function sum(amounts: readonly Money[]): Money {
  const total = amounts.reduce((a, b) => a + b, 0);
  invariant(Number.isSafeInteger(total), `money must stay an exact integer, got ${total}`);
  return total;
}
