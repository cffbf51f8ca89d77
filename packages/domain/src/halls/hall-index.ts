import { isSetAside } from './accessible-seats.ts';
import type { Point } from './layout.ts';
import { type NumberedSeats, hasFlag } from './numbered-seats.ts';

/** The seats from number `first` to number `last`, which are beside each other in this order. */
export type IndexedRow = {
  /** An index of the rows of the layout. */
  readonly index: number;
  readonly section: number;
  readonly isStanding: boolean;
  readonly first: number;
  readonly last: number;
  /** The cost of its best seat. */
  readonly lowestCost: number;
};

/** Two rows of a seated section, one after the other in the layout. */
export type RowPair = {
  readonly front: IndexedRow;
  readonly back: IndexedRow;
  readonly lowestCost: number;
};

/** A standing section, with the numbers of its places from the best to the worst. */
export type StandingSection = { readonly section: number; readonly numbers: readonly number[] };

/**
 * What the choice of seats needs of a version of a layout, computed once. Arrays by seat have the entry of seat n at
 * index n.
 */
export type HallIndex = {
  readonly seats: NumberedSeats;
  readonly rows: readonly IndexedRow[];
  /** The rows of the seated sections, by their lowest cost. */
  readonly bestRows: readonly IndexedRow[];
  readonly bestPairs: readonly RowPair[];
  readonly standing: readonly StandingSection[];
  /** The numbers of the accessible seats. */
  readonly accessible: readonly number[];
  /** The numbers of the accessible seats and the companion seats. */
  readonly setAside: readonly number[];
  /** The sum of the costs of the seats 1 to n. Costs are integers, so that sums are exact. */
  readonly costUpTo: Float64Array;
  /** The seat of the next row of the section that is nearest to seat n; 0 in a last row. */
  readonly behind: Uint16Array;
};

/** Distances count in thousandths of the unit of the layout. */
const COST_PER_UNIT = 1_000;

/**
 * Indexes a layout by the cost of its seats; the best seat has the lowest. The cost of a seat with a rank is its rank. The
 * other seats come after them, by their distance to the stage, as seats.io orders seats by the distance to a focal point
 * (https://docs.seats.io/docs/api/best-available). The stage of a layout without one is at y = 0, in the middle between
 * the lowest and the highest x.
 */
export function indexHall(seats: NumberedSeats): HallIndex {
  const costs = seatCosts(seats);
  const costUpTo = new Float64Array(seats.seatCount + 1);
  for (let number = 1; number <= seats.seatCount; number += 1)
    costUpTo[number] = costUpTo[number - 1]! + costs[number - 1]!;
  const rows = indexRows(seats, costs);
  const seated = rows.filter(({ isStanding }) => !isStanding);
  return {
    seats,
    rows,
    bestRows: seated.toSorted((a, b) => a.lowestCost - b.lowestCost),
    bestPairs: pairRows(seated).toSorted((a, b) => a.lowestCost - b.lowestCost),
    standing: standingSections(seats, rows, costs),
    accessible: numbersOf(seats).filter((number) => hasFlag(seats, number, 'accessible')),
    setAside: numbersOf(seats).filter((number) => isSetAside(seats, number)),
    costUpTo,
    behind: findSeatsBehind(seats, seated),
  };
}

export function rowOf({ seats, rows }: HallIndex, number: number): IndexedRow {
  return rows[seats.row[number - 1]!]!;
}

/** The sum of the costs of the seats from `first` to `last`. */
export function costOf({ costUpTo }: HallIndex, first: number, last: number): number {
  return costUpTo[last]! - costUpTo[first - 1]!;
}

function numbersOf({ seatCount }: NumberedSeats): number[] {
  return Array.from({ length: seatCount }, (_, index) => index + 1);
}

function seatCosts({ seatCount, rank, x, y, stage }: NumberedSeats): Float64Array {
  const focus = stage ?? middleOfTheFront(x);
  const rankMax = rank.reduce((highest, each) => Math.max(highest, each), 0);
  const costs = new Float64Array(seatCount);
  for (let index = 0; index < seatCount; index += 1) {
    const [dx, dy] = [x[index]! - focus.x, y[index]! - focus.y];
    const distance = Math.round(Math.sqrt(dx * dx + dy * dy) * COST_PER_UNIT);
    costs[index] = rank[index]! > 0 ? rank[index]! : rankMax + distance;
  }
  return costs;
}

function middleOfTheFront(x: Float64Array): Point {
  const lowest = x.reduce((a, b) => Math.min(a, b), Infinity);
  const highest = x.reduce((a, b) => Math.max(a, b), -Infinity);
  return { x: (lowest + highest) / 2, y: 0 };
}

function indexRows({ rows, sections }: NumberedSeats, costs: Float64Array): IndexedRow[] {
  return rows.map(({ section, firstNumber: first, seatCount }, index) => {
    const last = first + seatCount - 1;
    const lowestCost = costs.subarray(first - 1, last).reduce((a, b) => Math.min(a, b), Infinity);
    return { index, section, isStanding: sections[section]!.kind === 'STANDING', first, last, lowestCost };
  });
}

function pairRows(seated: readonly IndexedRow[]): RowPair[] {
  return seated.flatMap((back, index) => {
    const front = seated[index - 1];
    if (front?.section !== back.section) return [];
    return [{ front, back, lowestCost: Math.min(front.lowestCost, back.lowestCost) }];
  });
}

function standingSections(
  { sections }: NumberedSeats,
  rows: readonly IndexedRow[],
  costs: Float64Array,
): StandingSection[] {
  return sections.flatMap(({ kind }, section) => {
    if (kind !== 'STANDING') return [];
    const numbers = rows
      .filter((row) => row.section === section)
      .flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
    return [{ section, numbers: numbers.toSorted((a, b) => costs[a - 1]! - costs[b - 1]! || a - b) }];
  });
}

function findSeatsBehind(seats: NumberedSeats, seated: readonly IndexedRow[]): Uint16Array {
  const behind = new Uint16Array(seats.seatCount + 1);
  for (const { front, back } of pairRows(seated)) {
    let nearest = nearestOf(seats, front.first, back);
    for (let number = front.first; number <= front.last; number += 1) {
      nearest = walkNearer(seats, number, nearest, back);
      behind[number] = nearest;
    }
  }
  return behind;
}

function nearestOf(seats: NumberedSeats, number: number, row: IndexedRow): number {
  let nearest = row.first;
  for (let candidate = row.first; candidate <= row.last; candidate += 1)
    if (squaredDistance(seats, number, candidate) < squaredDistance(seats, number, nearest))
      nearest = candidate;
  return nearest;
}

/**
 * The seat of the row that is nearest to seat `number`, found from the one that is nearest to the seat beside it. It looks
 * at few seats, where a search would compare all pairs of seats of two rows.
 */
function walkNearer(seats: NumberedSeats, number: number, from: number, { first, last }: IndexedRow): number {
  const isNearer = (a: number, b: number) =>
    squaredDistance(seats, number, a) < squaredDistance(seats, number, b);
  let nearest = from;
  while (nearest < last && isNearer(nearest + 1, nearest)) nearest += 1;
  while (nearest > first && isNearer(nearest - 1, nearest)) nearest -= 1;
  return nearest;
}

function squaredDistance({ x, y }: NumberedSeats, a: number, b: number): number {
  const [dx, dy] = [x[a - 1]! - x[b - 1]!, y[a - 1]! - y[b - 1]!];
  return dx * dx + dy * dy;
}
