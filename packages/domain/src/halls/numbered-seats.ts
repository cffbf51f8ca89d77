import { invariant } from '../shared/invariant.ts';
import type { Money } from '../shared/money.ts';
import type { Category, Layout, LayoutSeat, Point, SectionKind, SeatPlace } from './layout.ts';

/** The row of a layout, with the numbers of its seats: `seatCount` consecutive ones from `firstNumber`. */
export type NumberedRow = {
  /** An index of `sections`. */
  readonly section: number;
  readonly label: string;
  readonly firstNumber: number;
  readonly seatCount: number;
};

/**
 * The seats of a layout by their numbers, in arrays that are quick to read. The entry of seat n is at index n - 1 of each
 * array.
 */
export type NumberedSeats = {
  readonly seatCount: number;
  readonly stage: Point | null;
  readonly categories: readonly Category[];
  readonly sections: readonly { readonly name: string; readonly kind: SectionKind }[];
  /** All rows in order, whatever their section. */
  readonly rows: readonly NumberedRow[];
  readonly labels: readonly string[];
  /** Indexes of `sections`. */
  readonly section: Uint8Array;
  /** Indexes of `rows`. */
  readonly row: Uint16Array;
  /** Indexes of `categories`. */
  readonly category: Uint8Array;
  /** 1 is the best; 0 for a seat without a rank. */
  readonly rank: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Sums of `SEAT_FLAGS`. */
  readonly flags: Uint8Array;
  /** The number of the accessible seat whose companion's seat this is; 0 for none. */
  readonly companionOf: Uint16Array;
};

export const SEAT_FLAGS = { accessible: 1, companion: 2, obstructedView: 4, blocked: 8 } as const;
export type SeatFlag = keyof typeof SEAT_FLAGS;

/** Numbers the seats of a layout that `checkLayout` has accepted. */
export function numberSeats(layout: Layout): NumberedSeats {
  const seatCount = countSeats(layout);
  const seats = emptySeats(layout, seatCount);
  const categories = new Map(layout.categories.map(({ key }, index) => [key, index]));
  let firstNumber = 1;
  for (const [section, { rows }] of layout.sections.entries())
    for (const { label, seats: ofRow } of rows) {
      const row = seats.rows.length;
      const numbers = new Map(ofRow.map((seat, position) => [seat.label, firstNumber + position]));
      for (const [position, seat] of ofRow.entries()) {
        const category = categories.get(seat.category);
        invariant(category !== undefined, `the layout has no category ${seat.category}`);
        const companionOf = numbers.get(seat.companionOf ?? '') ?? 0;
        writeSeat(seats, firstNumber + position - 1, seat, { section, row, category, companionOf });
      }
      seats.rows.push({ section, label, firstNumber, seatCount: ofRow.length });
      firstNumber += ofRow.length;
    }
  return seats;
}

/** The layout of a date without one: one row of one category, whose first seats are the best. */
export function uniformLayout(seatCount: number, price: Money): Layout {
  const seats = Array.from({ length: seatCount }, (_, index) => {
    const number = index + 1;
    return { label: `${number}`, x: index, y: 0, category: UNIFORM.category, rank: number };
  });
  const categories = [{ key: UNIFORM.category, name: UNIFORM.name, price, colour: UNIFORM.colour }];
  const rows = [{ label: UNIFORM.row, seats }];
  return { categories, sections: [{ name: UNIFORM.name, kind: 'SEATED', outline: [], rows }] };
}

const UNIFORM = { category: 'standard', name: 'Standard', colour: '#5b6b7b', row: '1' };

export function countSeats({ sections }: Layout): number {
  return sections.reduce((all, { rows }) => rows.reduce((sum, { seats }) => sum + seats.length, all), 0);
}

export function hasFlag({ flags }: NumberedSeats, number: number, flag: SeatFlag): boolean {
  return ((flags[number - 1] ?? 0) & SEAT_FLAGS[flag]) !== 0;
}

/** The category of the seat. */
export function categoryOf({ category, categories }: NumberedSeats, number: number): Category {
  const found = categories[category[number - 1] ?? -1];
  invariant(found !== undefined, `the layout has no seat ${number}`);
  return found;
}

/** Null for a number that the layout does not have. */
export function placeOf({ row, rows, sections, labels }: NumberedSeats, number: number): SeatPlace | null {
  const label = labels[number - 1];
  const ofRow = rows[row[number - 1] ?? -1];
  const section = ofRow === undefined ? undefined : sections[ofRow.section];
  if (label === undefined || ofRow === undefined || section === undefined) return null;
  return { section: section.name, row: ofRow.label, label };
}

function emptySeats({ stage, categories, sections }: Layout, seatCount: number) {
  return {
    seatCount,
    stage: stage ?? null,
    categories,
    sections: sections.map(({ name, kind }) => ({ name, kind })),
    rows: [] as NumberedRow[],
    labels: [] as string[],
    section: new Uint8Array(seatCount),
    row: new Uint16Array(seatCount),
    category: new Uint8Array(seatCount),
    rank: new Uint32Array(seatCount),
    x: new Float64Array(seatCount),
    y: new Float64Array(seatCount),
    flags: new Uint8Array(seatCount),
    companionOf: new Uint16Array(seatCount),
  } satisfies NumberedSeats;
}

type Indexes = {
  readonly section: number;
  readonly row: number;
  readonly category: number;
  readonly companionOf: number;
};

function writeSeat(
  seats: ReturnType<typeof emptySeats>,
  index: number,
  seat: LayoutSeat,
  { section, row, category, companionOf }: Indexes,
): void {
  seats.labels[index] = seat.label;
  seats.section[index] = section;
  seats.row[index] = row;
  seats.category[index] = category;
  seats.rank[index] = seat.rank ?? 0;
  seats.x[index] = seat.x;
  seats.y[index] = seat.y;
  seats.companionOf[index] = companionOf;
  seats.flags[index] =
    (seat.accessible === true ? SEAT_FLAGS.accessible : 0) |
    (companionOf === 0 ? 0 : SEAT_FLAGS.companion) |
    (seat.obstructedView === undefined ? 0 : SEAT_FLAGS.obstructedView) |
    (seat.blocked === undefined ? 0 : SEAT_FLAGS.blocked);
}
