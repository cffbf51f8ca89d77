import type { Result } from '../shared/result.ts';
import { bestInAdjacentRows } from './best-in-adjacent-rows.ts';
import { bestInRow, bestStanding, bestWithAccessibleSeat } from './best-in-row.ts';
import { type Choice, betterChoice } from './choice.ts';
import { readFreeSeats, releaseSeats, takeSeats } from './free-seats.ts';
import type { HallIndex } from './hall-index.ts';
import { type OrphanSeats, refuseOrphans } from './orphan-seats.ts';
import {
  type BestAvailable,
  type ChoiceRules,
  type RememberedRows,
  type SeatSearch,
  searchSeats,
} from './seat-search.ts';

/** No free seats meet a request for the best available ones. */
export type NoMatchingSeats = {
  readonly code: 'NO_MATCHING_SEATS';
  /** The greatest number of seats that the same request would get; 0 if no free seat meets its filters. */
  readonly togetherMax: number;
  /** The free seats of the date that the fan may have, whatever the filters; 0 if none is left. */
  readonly availableCount: number;
};

/** Decides requests one after another against one reading of the seats. */
export type SeatChooser = {
  /** Takes the best seats and returns their numbers, ascending; null if no free seats meet the request. */
  readonly choose: (request: BestAvailable) => readonly number[] | null;
  /** What is left for a request that gets no seats. */
  readonly describeRest: (request: BestAvailable) => NoMatchingSeats;
  readonly areFree: (numbers: readonly number[]) => boolean;
  /** Decides on seats that a fan names, all of them free; takes none. */
  readonly refuseOrphans: (chosen: readonly number[]) => Result<readonly number[], OrphanSeats>;
  readonly take: (numbers: Iterable<number>) => void;
  /** Makes taken seats free again. */
  readonly release: (numbers: Iterable<number>) => void;
};

/** `unavailable`: the numbers of the seats that are held, sold or blocked. */
export function createSeatChooser(
  hall: HallIndex,
  unavailable: Iterable<number>,
  rules: ChoiceRules,
): SeatChooser {
  const seats = readFreeSeats(hall, unavailable, rules.accessibleReleased);
  const remembered: RememberedRows = new Map();
  return {
    choose(request) {
      const best = findBest(searchSeats({ hall, seats, rules }, request, remembered));
      if (best === null) return null;
      takeSeats(hall, seats, best.numbers);
      return best.numbers;
    },
    describeRest(request) {
      const meets = (count: number) =>
        findBest(searchSeats({ hall, seats, rules }, { ...request, count }, remembered)) !== null;
      const mayHave = request.accessible === true ? seats.free : seats.open;
      return {
        code: 'NO_MATCHING_SEATS',
        togetherMax: greatestBelow(request.count, meets),
        availableCount: mayHave.reduce((sum, each) => sum + each, 0),
      };
    },
    areFree: (numbers) => numbers.every((number) => seats.free[number] === 1),
    refuseOrphans: (chosen) => refuseOrphans(hall, seats, chosen),
    take: (numbers) => takeSeats(hall, seats, numbers),
    release: (numbers) => releaseSeats(hall, seats, numbers),
  };
}

/**
 * The best seats for a request, ascending, or null: adjacent seats of one row. A choice with fewer new orphans is better,
 * then the one with the lower cost (see `indexHall`), then the one with the lower seat numbers. In a standing section all
 * places are together, so any of them serve.
 *
 * The steps are those of seats.io (https://docs.seats.io/docs/api/best-available): adjacent seats of a row without orphans,
 * then with orphans, then, if the request allows it, seats of two rows.
 */
export function bestAvailable(
  hall: HallIndex,
  unavailable: Iterable<number>,
  request: BestAvailable,
  rules: ChoiceRules,
): readonly number[] | null {
  return createSeatChooser(hall, unavailable, rules).choose(request);
}

function findBest(search: SeatSearch): Choice | null {
  const { accessible, together } = search.request;
  const best =
    accessible === true
      ? bestWithAccessibleSeat(search)
      : betterChoice(bestInRow(search), bestStanding(search));
  return best === null && together === 'near' ? bestInAdjacentRows(search) : best;
}

/** The greatest number below `count` that meets a condition, which every lower number then meets too; 0 if none does. */
function greatestBelow(count: number, meets: (number: number) => boolean): number {
  let [met, unmet] = [0, count];
  while (unmet - met > 1) {
    const middle = Math.floor((met + unmet) / 2);
    if (meets(middle)) met = middle;
    else unmet = middle;
  }
  return met;
}
