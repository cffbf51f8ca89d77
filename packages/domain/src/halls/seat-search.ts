import type { Money } from '../shared/money.ts';
import { companionsInExcess } from './accessible-seats.ts';
import { type Choice, betterRun, eachRun, numbersFrom } from './choice.ts';
import type { FreeSeats } from './free-seats.ts';
import type { HallIndex, IndexedRow } from './hall-index.ts';
import { hasFlag } from './numbered-seats.ts';

/** A request for the best seats that are free. Every seat of the answer meets every filter. */
export type BestAvailable = {
  readonly count: number;
  /** An index of the categories of the layout. */
  readonly category?: number;
  /** An index of the sections of the layout. */
  readonly section?: number;
  /** The highest price of a seat. */
  readonly maxPrice?: Money;
  /** Exactly one of the seats must be accessible. The others are companion seats of it, or on general sale. */
  readonly accessible?: boolean;
  /** `row` (the default): adjacent seats of one row. `near`: of two adjacent rows, if no row has enough. */
  readonly together?: 'row' | 'near';
};

export type ChoiceRules = {
  readonly accessibleReleased: boolean;
  readonly companionSeatsMax: number;
  /** The present price of a seat, by the index of its category. */
  readonly prices: readonly Money[];
};

export type SeatSearch = {
  readonly hall: HallIndex;
  readonly seats: FreeSeats;
  readonly request: BestAvailable;
  readonly rules: ChoiceRules;
  /** By the index of the category: whether the request accepts its seats. */
  readonly acceptedCategories: readonly boolean[];
  /** Of this and earlier requests for as many seats in the same categories. */
  readonly rowBests: RowBests;
};

/** The best run of each row by the version of the row at which it was searched, by the index of the row. */
export type RowBests = { readonly versions: Int32Array; readonly runs: (Choice | null)[] };

/** By the number of seats and the accepted categories. */
export type RememberedRows = Map<string, RowBests>;

/** What a run of seats is: seats on general sale, or an accessible seat with seats for companions. */
export type RunKind = 'general' | 'accessible';

export function searchSeats(
  { hall, seats, rules }: Pick<SeatSearch, 'hall' | 'seats' | 'rules'>,
  request: BestAvailable,
  remembered: RememberedRows,
): SeatSearch {
  const { category, maxPrice } = request;
  const acceptedCategories = rules.prices.map(
    (price, index) =>
      (category === undefined || index === category) && (maxPrice === undefined || price <= maxPrice),
  );
  const key = `${request.count} ${acceptedCategories.join(' ')}`;
  const rowBests = remembered.get(key) ?? { versions: new Int32Array(hall.rows.length).fill(-1), runs: [] };
  remembered.set(key, rowBests);
  return { hall, seats, rules, request, acceptedCategories, rowBests };
}

export function acceptsSection({ request }: SeatSearch, section: number): boolean {
  return request.section === undefined || request.section === section;
}

/** Whether a seat can be a part of a run. */
export function isEligible(
  { hall, seats, acceptedCategories }: SeatSearch,
  kind: RunKind,
  number: number,
): boolean {
  const isFree = kind === 'general' ? seats.open[number] === 1 : seats.free[number] === 1;
  return isFree && acceptedCategories[hall.seats.category[number - 1]!] === true;
}

/** The best run of the requested number of seats of the row. */
export function bestRun(search: SeatSearch, row: IndexedRow): Choice | null {
  const { seats, request, rowBests } = search;
  const version = seats.rowVersions[row.index]!;
  if (rowBests.versions[row.index] === version) return rowBests.runs[row.index]!;
  let best: Choice | null = null;
  eachRun(
    row,
    request.count,
    (number) => isEligible(search, 'general', number),
    (first, last) => {
      best = betterRun(best, search, row, first, last);
    },
  );
  rowBests.versions[row.index] = version;
  rowBests.runs[row.index] = best;
  return best;
}

/** The best run of `count` seats of the row that contains seat `number`. */
export function bestRunAround(
  search: SeatSearch,
  row: IndexedRow,
  number: number,
  { count, kind }: { readonly count: number; readonly kind: RunKind },
): Choice | null {
  const first = Math.max(row.first, number - count + 1);
  const last = Math.min(row.last, number + count - 1);
  let best: Choice | null = null;
  eachRun(
    { first, last },
    count,
    (each) => isEligible(search, kind, each),
    (from, to) => {
      if (from > number || to < number) return;
      if (search.request.accessible === true && !isRunOfKind(search, kind, numbersFrom(from, to))) return;
      best = betterRun(best, search, row, from, to);
    },
  );
  return best;
}

/** Of a request for an accessible seat, which gets exactly one. */
export function isRunOfKind({ hall, rules }: SeatSearch, kind: RunKind, numbers: readonly number[]): boolean {
  const accessible = numbers.filter((number) => hasFlag(hall.seats, number, 'accessible'));
  if (accessible.length !== (kind === 'accessible' ? 1 : 0)) return false;
  return (
    rules.accessibleReleased || companionsInExcess(hall.seats, numbers, rules.companionSeatsMax).length === 0
  );
}
