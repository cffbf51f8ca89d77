import { type Choice, betterChoice } from './choice.ts';
import type { IndexedRow, RowPair } from './hall-index.ts';
import { type RunKind, type SeatSearch, acceptsSection, bestRunAround, isEligible } from './seat-search.ts';

/** The kinds of the front run and the back run. */
type Kinds = readonly [RunKind, RunKind];
const GENERAL: readonly Kinds[] = [['general', 'general']];
const WITH_ACCESSIBLE_SEAT: readonly Kinds[] = [
  ['accessible', 'general'],
  ['general', 'accessible'],
];

/**
 * The best seats of two adjacent rows of a seated section: adjacent seats in each of them, and at least one of the back
 * seats is behind one of the front seats, which means the nearest to it in the back row.
 */
export function bestInAdjacentRows(search: SeatSearch): Choice | null {
  const { hall, request } = search;
  const longestRuns = hall.rows.map((row) => longestRun(search, row));
  let best: Choice | null = null;
  for (const pair of hall.bestPairs) {
    if (best?.orphans === 0 && pair.lowestCost * request.count > best.cost) break;
    const longest = { front: longestRuns[pair.front.index]!, back: longestRuns[pair.back.index]! };
    if (longest.front + longest.back < request.count || !acceptsSection(search, pair.front.section)) continue;
    for (let number = pair.front.first; number <= pair.front.last; number += 1)
      best = betterChoice(best, bestAroundSeat(search, pair, longest, number));
  }
  return best;
}

/** At least the length of the longest run of the row that can be a part of a choice. */
function longestRun(search: SeatSearch, { first, last }: IndexedRow): number {
  const kind = search.request.accessible === true ? 'accessible' : 'general';
  let [length, longest] = [0, 0];
  for (let number = first; number <= last; number += 1) {
    length = isEligible(search, kind, number) ? length + 1 : 0;
    longest = Math.max(longest, length);
  }
  return longest;
}

/** The best choice that contains seat `number` of the front row and the seat behind it. */
function bestAroundSeat(
  search: SeatSearch,
  pair: RowPair,
  longest: { readonly front: number; readonly back: number },
  number: number,
): Choice | null {
  const { count, accessible } = search.request;
  const behind = search.hall.behind[number]!;
  let best: Choice | null = null;
  for (const [frontKind, backKind] of accessible === true ? WITH_ACCESSIBLE_SEAT : GENERAL) {
    if (!isEligible(search, frontKind, number) || !isEligible(search, backKind, behind)) continue;
    const inFrontMax = Math.min(count - 1, longest.front);
    for (let inFront = Math.max(1, count - longest.back); inFront <= inFrontMax; inFront += 1) {
      const front = bestRunAround(search, pair.front, number, { count: inFront, kind: frontKind });
      const back = bestRunAround(search, pair.back, behind, { count: count - inFront, kind: backKind });
      if (front !== null && back !== null) best = betterChoice(best, join(front, back));
    }
  }
  return best;
}

function join(front: Choice, back: Choice): Choice {
  return {
    numbers: [...front.numbers, ...back.numbers],
    orphans: front.orphans + back.orphans,
    cost: front.cost + back.cost,
  };
}
