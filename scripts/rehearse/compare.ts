import type { Figures, Prediction } from './predict.ts';

/** How far a prediction may be off. */
export const OFF_MAX = 0.2;
/** A shorter time is compared as this one: a poll is up to a second apart from the next. */
const SHORTEST_MS = 2_000;

export type Comparison = {
  readonly what: string;
  readonly predicted: string;
  readonly played: string;
  /** Played ÷ predicted; null where neither has a value. */
  readonly ratio: number | null;
  /** Null for what chance decides. */
  readonly isMet: boolean | null;
};

type Compared = Figures & Pick<Prediction, 'isEndUncertain'>;

export function compare(predicted: Compared, played: Figures): readonly Comparison[] {
  const soldOut = row('sold out after', predicted.soldOutAt, played.soldOutAt, timeOf);
  return [
    row('nine in ten seats sold after', predicted.mostSoldAt, played.mostSoldAt, timeOf),
    predicted.isEndUncertain ? { ...soldOut, isMet: null } : soldOut,
    row('seats sold', predicted.soldSeats, played.soldSeats, String),
    row('median wait', predicted.waitMedian, played.waitMedian, timeOf),
    row('wait of nine in ten', predicted.waitP90, played.waitP90, timeOf),
  ];
}

function row(
  what: string,
  predicted: number | null,
  played: number | null,
  format: (value: number | null) => string,
): Comparison {
  const texts = { what, predicted: format(predicted), played: format(played) };
  if (predicted === null || played === null) return { ...texts, ratio: null, isMet: predicted === played };
  const shortest = format === timeOf ? SHORTEST_MS : 1;
  const ratio = Math.max(shortest, played) / Math.max(shortest, predicted);
  return { ...texts, ratio, isMet: Math.abs(ratio - 1) <= OFF_MAX };
}

/** A time in seconds; "never" for null. */
export function timeOf(ms: number | null): string {
  return ms === null ? 'never' : `${(ms / 1_000).toFixed(1)} s`;
}
