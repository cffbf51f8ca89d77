import { type Random, pickWeighted } from './random.ts';

/** A date on sale in an open waiting room. */
export type DateOnSale = {
  readonly concertId: string;
  readonly eventId: string;
  readonly availableCount: number;
};

/** The date that a bot comes for: rather one with many available seats. Null where none has a seat. */
export function chooseDate(random: Random, dates: readonly DateOnSale[]): DateOnSale | null {
  const available = dates.filter(({ availableCount }) => availableCount > 0);
  if (available.length === 0) return null;
  return pickWeighted(
    random,
    available.map((date) => [date, date.availableCount] as const),
  );
}
