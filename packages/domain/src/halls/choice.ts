import { type FreeSeats, countNewOrphans } from './free-seats.ts';
import { type HallIndex, type IndexedRow, costOf } from './hall-index.ts';

/** Free seats that a request could get. */
export type Choice = {
  /** Ascending. */
  readonly numbers: readonly number[];
  /** How many orphans it would newly leave. */
  readonly orphans: number;
  readonly cost: number;
};

/** The better one of two choices: fewer new orphans, then the lower cost, then the lower seat numbers. */
export function betterChoice(a: Choice | null, b: Choice | null): Choice | null {
  if (a === null || b === null) return a ?? b;
  const difference = a.orphans - b.orphans || a.cost - b.cost || compareNumbers(a.numbers, b.numbers);
  return difference <= 0 ? a : b;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((number, position) => number !== b[position]);
  return index === -1 ? 0 : a[index]! - b[index]!;
}

/** The better one of a choice and the adjacent seats from `first` to `last`, which are free. */
export function betterRun(
  best: Choice | null,
  { hall, seats }: { readonly hall: HallIndex; readonly seats: FreeSeats },
  row: IndexedRow,
  first: number,
  last: number,
): Choice | null {
  const cost = costOf(hall, first, last);
  if (best !== null && best.orphans === 0 && cost > best.cost) return best;
  const orphans = countNewOrphans(seats, row, first, last);
  if (best !== null && orphans > best.orphans) return best;
  return betterChoice(best, { numbers: numbersFrom(first, last), orphans, cost });
}

export function numbersFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Calls `visit` with each run of `count` adjacent seats from `first` to `last` that are all eligible. */
export function eachRun(
  { first, last }: { readonly first: number; readonly last: number },
  count: number,
  isEligible: (number: number) => boolean,
  visit: (first: number, last: number) => void,
): void {
  let length = 0;
  for (let number = first; number <= last; number += 1) {
    length = isEligible(number) ? length + 1 : 0;
    if (length >= count) visit(number - count + 1, number);
  }
}
