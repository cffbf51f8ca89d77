import type { Layout } from '@frontrow/client';

export type LayoutSeat = Layout['sections'][number]['rows'][number]['seats'][number];
export type Category = Layout['categories'][number];

/** A row, whose seats have consecutive numbers from `firstNumber`. */
export type HallRow = {
  readonly label: string;
  readonly firstNumber: number;
  readonly seats: readonly LayoutSeat[];
};

export type HallSection = {
  readonly name: string;
  readonly kind: 'SEATED' | 'STANDING';
  readonly firstNumber: number;
  readonly seatCount: number;
  readonly rows: readonly HallRow[];
};

/** A layout with the numbers of its seats, which follow the order of sections, rows and seats. */
export type Hall = {
  readonly seatCount: number;
  readonly stage: Layout['stage'];
  readonly categories: readonly Category[];
  readonly sections: readonly HallSection[];
};

export function hallOf({ stage, categories, sections }: Layout): Hall {
  let next = 1;
  const numbered = sections.map(({ name, kind = 'SEATED', rows }): HallSection => {
    const firstNumber = next;
    const numberedRows = rows.map(({ label, seats }): HallRow => {
      const row = { label, firstNumber: next, seats };
      next += seats.length;
      return row;
    });
    return { name, kind, firstNumber, seatCount: next - firstNumber, rows: numberedRows };
  });
  return { seatCount: next - 1, stage, categories, sections: numbered };
}

export type SeatPlace = {
  readonly number: number;
  readonly section: string;
  readonly row: string;
  readonly seat: LayoutSeat;
};

/** Where the seat with this number is; null for a number that the hall does not have. */
export function placeOf({ sections }: Hall, number: number): SeatPlace | null {
  const section = lastStarting(sections, number);
  const row = section && lastStarting(section.rows, number);
  const seat = row?.seats[number - row.firstNumber];
  if (section === undefined || row === undefined || seat === undefined) return null;
  return { number, section: section.name, row: row.label, seat };
}

/** The last one that starts at this number or before; those without seats are never the last. */
function lastStarting<Part extends { readonly firstNumber: number }>(
  parts: readonly Part[],
  number: number,
): Part | undefined {
  let [from, to] = [0, parts.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((parts[middle]?.firstNumber ?? Infinity) <= number) from = middle + 1;
    else to = middle;
  }
  return parts[from - 1];
}
