import { type Choice, numbersFrom } from './choice.ts';
import { countNewOrphans } from './free-seats.ts';
import { type IndexedRow, type RowPair, costOf, rowOf } from './hall-index.ts';
import { hasFlag } from './numbered-seats.ts';
import { type RunKind, type SeatSearch, acceptsSection, isEligible, isRunOfKind } from './seat-search.ts';

/** The kinds of the front run and the back run. */
type Kinds = readonly [RunKind, RunKind];
const GENERAL: readonly Kinds[] = [['general', 'general']];
const WITH_ACCESSIBLE_SEAT: readonly Kinds[] = [
  ['accessible', 'general'],
  ['general', 'accessible'],
];

/** More than the cost of any choice, so that one number orders runs by their new orphans, then by their cost. */
const ORPHAN_SCORE = 2 ** 48;

/** Two runs: `inFront` seats from `frontFirst`, and the rest of the request from `backFirst`. */
type PairOfRuns = {
  readonly score: number;
  readonly frontFirst: number;
  readonly inFront: number;
  readonly backFirst: number;
};

/**
 * The best seats of two adjacent rows of a seated section: adjacent seats in each of them, and at least one of the back
 * seats is behind one of the front seats, which means the nearest to it in the back row.
 */
export function bestInAdjacentRows(search: SeatSearch): Choice | null {
  const { hall, request } = search;
  const longestRuns = hall.rows.map((row) => longestRun(search, row));
  const accessibleRows = request.accessible === true ? rowsWithAccessibleSeat(search) : null;
  let best: PairOfRuns | null = null;
  for (const pair of hall.bestPairs) {
    if (best !== null && pair.lowestCost * request.count > best.score) break;
    const longest = { front: longestRuns[pair.front.index]!, back: longestRuns[pair.back.index]! };
    if (longest.front + longest.back < request.count || !acceptsSection(search, pair.front.section)) continue;
    if (best !== null && best.score < ORPHAN_SCORE && lowestSum(search, pair) > best.score) continue;
    for (const kinds of accessibleRows === null ? GENERAL : WITH_ACCESSIBLE_SEAT) {
      const accessibleRow = kinds[0] === 'accessible' ? pair.front : pair.back;
      if (accessibleRows === null || accessibleRows.has(accessibleRow.index))
        best = betterPair(best, bestOfPair(search, pair, longest, kinds));
    }
  }
  return best === null ? null : toChoice(best, request.count);
}

/** The indexes of the rows with an accessible seat that can be a part of a choice. */
function rowsWithAccessibleSeat(search: SeatSearch): ReadonlySet<number> {
  const numbers = search.hall.accessible.filter((number) => isEligible(search, 'accessible', number));
  return new Set(numbers.map((number) => rowOf(search.hall, number).index));
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

/** No choice of the pair costs less: the sum of the lowest costs of its seats, free or not. */
function lowestSum({ hall, request }: SeatSearch, { front, back }: RowPair): number {
  const costs = Float64Array.from(
    [front, back].flatMap(({ first, last }) => numbersFrom(first, last)),
    (number) => costOf(hall, number, number),
  ).toSorted();
  return costs.subarray(0, request.count).reduce((sum, cost) => sum + cost, 0);
}

function bestOfPair(
  search: SeatSearch,
  { front, back }: RowPair,
  longest: { readonly front: number; readonly back: number },
  [frontKind, backKind]: Kinds,
): PairOfRuns | null {
  const { count } = search.request;
  const inFrontMax = Math.min(count - 1, longest.front);
  let best: PairOfRuns | null = null;
  for (let inFront = Math.max(1, count - longest.back); inFront <= inFrontMax; inFront += 1) {
    const frontRuns = bestRunsAround(search, front, inFront, frontKind);
    const backRuns = bestRunsAround(search, back, count - inFront, backKind);
    for (let number = front.first; number <= front.last; number += 1) {
      const [before, behind] = [number - front.first, search.hall.behind[number]! - back.first];
      const score = frontRuns.scores[before]! + backRuns.scores[behind]!;
      if (score === Infinity || (best !== null && score > best.score)) continue;
      const [frontFirst, backFirst] = [frontRuns.firsts[before]!, backRuns.firsts[behind]!];
      best = betterPair(best, { score, frontFirst, inFront, backFirst });
    }
  }
  return best;
}

/**
 * The best run of `length` seats around each seat of the row, in arrays by the position of the seat: its score, Infinity for
 * none, and its first seat. Of equal runs, it is the one with the lower numbers.
 */
function bestRunsAround(search: SeatSearch, row: IndexedRow, length: number, kind: RunKind) {
  const { hall, seats, request } = search;
  const isAccessible = (number: number) => (hasFlag(hall.seats, number, 'accessible') ? 1 : 0);
  const size = row.last - row.first + 1;
  const scores = new Float64Array(size).fill(Infinity);
  const firsts = new Uint16Array(size);
  let [eligible, accessible] = [0, 0];
  for (let last = row.first; last <= row.last; last += 1) {
    const first = last - length + 1;
    eligible = isEligible(search, kind, last) ? eligible + 1 : 0;
    accessible += isAccessible(last) - (first > row.first ? isAccessible(first - 1) : 0);
    if (eligible < length) continue;
    if (request.accessible === true && accessible !== (kind === 'accessible' ? 1 : 0)) continue;
    if (request.accessible === true && !isRunOfKind(search, kind, numbersFrom(first, last))) continue;
    const score = ORPHAN_SCORE * countNewOrphans(seats, row, first, last) + costOf(hall, first, last);
    for (let number = first; number <= last; number += 1) {
      if (score >= scores[number - row.first]!) continue;
      scores[number - row.first] = score;
      firsts[number - row.first] = first;
    }
  }
  return { scores, firsts };
}

/** The better one by its score, then by its seat numbers: a longer front run has lower ones. */
function betterPair(a: PairOfRuns | null, b: PairOfRuns | null): PairOfRuns | null {
  if (a === null || b === null) return a ?? b;
  const difference =
    a.score - b.score || a.frontFirst - b.frontFirst || b.inFront - a.inFront || a.backFirst - b.backFirst;
  return difference <= 0 ? a : b;
}

function toChoice({ score, frontFirst, inFront, backFirst }: PairOfRuns, count: number): Choice {
  const orphans = Math.floor(score / ORPHAN_SCORE);
  return {
    numbers: [
      ...numbersFrom(frontFirst, frontFirst + inFront - 1),
      ...numbersFrom(backFirst, backFirst + count - inFront - 1),
    ],
    orphans,
    cost: score - orphans * ORPHAN_SCORE,
  };
}
