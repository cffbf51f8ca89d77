import { type Result, ok, refuse } from '../shared/result.ts';
import { type Choice, betterChoice, eachRun, numbersFrom } from './choice.ts';
import { type FreeSeats, countNewOrphans, isOrphan, releaseSeats, takeSeats } from './free-seats.ts';
import { type HallIndex, type IndexedRow, costOf, rowOf } from './hall-index.ts';

/**
 * A choice would leave orphans that can be avoided: the free seats `orphanSeats`. Both the choice with the orphans added and
 * `alternativeSeats`, as many seats as were chosen, avoid them.
 */
export type OrphanSeats = {
  readonly code: 'ORPHAN_SEATS';
  readonly orphanSeats: readonly number[];
  readonly alternativeSeats: readonly number[];
};

/** Chosen seats of one row that are adjacent. */
type Run = { readonly row: IndexedRow; readonly first: number; readonly last: number };

/**
 * Refuses chosen seats that newly leave orphans, row by row. The seats of a row are refused if as many adjacent seats of the
 * same section, in the same categories, leave no new orphan; an orphan that nobody could avoid is no reason, as seats.io
 * has it (https://docs.seats.io/docs/renderer/config-selectionvalidators). Adjacent seats with an accessible or a companion
 * seat that is not on general sale are never refused.
 *
 * `chosen`: different seats that are all free. `seats` is as before in the end.
 */
export function refuseOrphans(
  hall: HallIndex,
  seats: FreeSeats,
  chosen: readonly number[],
): Result<readonly number[], OrphanSeats> {
  const runs = adjacentRuns(hall, chosen).filter(({ first, last }) =>
    numbersFrom(first, last).every((number) => seats.generalSale[number] === 1),
  );
  takeSeats(hall, seats, chosen);
  const orphanSeats: number[] = [];
  const alternative = new Set(chosen);
  for (const row of new Set(runs.map((run) => run.row))) {
    const leaving = runs.filter((run) => run.row === row && orphansBeside(seats, run).length > 0);
    const orphans = new Set(leaving.flatMap((run) => orphansBeside(seats, run)));
    const left = leaving.flatMap(({ first, last }) => numbersFrom(first, last));
    releaseSeats(hall, seats, left);
    const better = left.length === 0 ? null : bestAlternative(hall, seats, row, left);
    takeSeats(hall, seats, better ?? left);
    if (better === null) continue;
    orphanSeats.push(...orphans);
    for (const number of left) alternative.delete(number);
    for (const number of better) alternative.add(number);
  }
  releaseSeats(hall, seats, new Set([...chosen, ...alternative]));
  if (orphanSeats.length === 0) return ok(chosen);
  return refuse({ code: 'ORPHAN_SEATS', orphanSeats, alternativeSeats: ascending(alternative) });
}

function adjacentRuns(hall: HallIndex, chosen: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const number of ascending(chosen)) {
    const row = rowOf(hall, number);
    const before = runs.at(-1);
    if (before?.row === row && before.last === number - 1)
      runs[runs.length - 1] = { ...before, last: number };
    else runs.push({ row, first: number, last: number });
  }
  return runs;
}

function ascending(numbers: Iterable<number>): number[] {
  return [...numbers].toSorted((a, b) => a - b);
}

function orphansBeside(seats: FreeSeats, { row, first, last }: Run): number[] {
  return [first - 1, last + 1].filter((number) => isOrphan(seats, row, number));
}

/**
 * As many adjacent seats of the section as are `left`, in their categories, without a new orphan: of the same row and as
 * near as possible, or else of the lowest cost. Null if there are none.
 */
function bestAlternative(
  hall: HallIndex,
  seats: FreeSeats,
  ofRow: IndexedRow,
  left: readonly number[],
): readonly number[] | null {
  const { category } = hall.seats;
  const categories = new Set(left.map((number) => category[number - 1]));
  const isEligible = (number: number) => seats.open[number] === 1 && categories.has(category[number - 1]);
  const search = (rows: readonly IndexedRow[], cost: (first: number, last: number) => number) => {
    let best: Choice | null = null;
    for (const row of rows)
      eachRun(row, left.length, isEligible, (first, last) => {
        const runCost = cost(first, last);
        if (best !== null && runCost > best.cost) return;
        if (countNewOrphans(seats, row, first, last) > 0) return;
        best = betterChoice(best, { numbers: numbersFrom(first, last), orphans: 0, cost: runCost });
      });
    return (best as Choice | null)?.numbers ?? null;
  };
  return (
    search([ofRow], (first) => Math.abs(first - left[0]!)) ??
    search(
      hall.bestRows.filter(({ section }) => section === ofRow.section),
      (first, last) => costOf(hall, first, last),
    )
  );
}
