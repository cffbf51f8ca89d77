import type { EventLayout } from '@frontrow/client';

export type Category = EventLayout['categories'][number];
export type Point = { readonly x: number; readonly y: number };

/** The seats of a date as the page shows them. */
export type Hall = {
  readonly version: number;
  readonly stage: Point | null;
  readonly categories: readonly Category[];
  readonly sections: readonly HallSection[];
  /** Seat n at n - 1. */
  readonly seats: readonly HallSeat[];
  /** Whether the date has a layout. Without one its seats have numbers alone, and its sections are blocks of numbers. */
  readonly hasLayout: boolean;
};

export type HallSection = {
  readonly index: number;
  /** Empty for the only block of a date without a layout. */
  readonly name: string;
  readonly isStanding: boolean;
  readonly outline: readonly Point[];
  readonly rows: readonly HallRow[];
  readonly seatCount: number;
  /** Those that its seats have, in the order of the layout. */
  readonly categories: readonly Category[];
};

export type HallRow = { readonly label: string; readonly seats: readonly HallSeat[] };

export type HallSeat = Point & {
  readonly number: number;
  /** Index of its section. */
  readonly section: number;
  readonly row: string;
  readonly label: string;
  readonly category: Category;
  readonly kind: 'standard' | 'accessible' | 'companion';
  readonly obstructedView: string | null;
};

export function createHall(layout: EventLayout): Hall {
  const hasLayout = layout.version > 0;
  const categories = new Map(layout.categories.map((category) => [category.key, category]));
  const sections = hasLayout ? layout.sections : blocksOf(layout);
  const numbered = sections.map((section, index) => sectionOf(section, index, categories));
  return {
    version: layout.version,
    stage: layout.stage ?? null,
    categories: layout.categories,
    sections: numbered,
    seats: numbered.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats)),
    hasLayout,
  };
}

type LayoutSection = EventLayout['sections'][number];

function sectionOf(
  section: LayoutSection,
  index: number,
  categories: ReadonlyMap<string, Category>,
): HallSection {
  const rows = section.rows.map((row) => ({
    label: row.label,
    seats: row.seats.map((seat, at): HallSeat => ({
      number: row.firstNumber + at,
      section: index,
      row: row.label,
      label: seat.label,
      x: seat.x,
      y: seat.y,
      category: categories.get(seat.category) as Category,
      kind:
        seat.accessible === true ? 'accessible' : seat.companionOf === undefined ? 'standard' : 'companion',
      obstructedView: seat.obstructedView ?? null,
    })),
  }));
  const present = new Set(rows.flatMap(({ seats }) => seats.map(({ category }) => category)));
  return {
    index,
    name: section.name,
    isStanding: section.kind === 'STANDING',
    outline: section.outline,
    rows,
    seatCount: rows.reduce((sum, { seats }) => sum + seats.length, 0),
    categories: [...categories.values()].filter((category) => present.has(category)),
  };
}

const SEATS_IN_ONE_BLOCK_MAX = 600;
const BLOCK = 500;
const LARGE_BLOCK = 1_000;
const LARGE_HALL = 20_000;
const ROW = 20;

/** Divides the only row of a date without a layout into blocks of short rows. */
function blocksOf({ seatCount, sections }: EventLayout): readonly LayoutSection[] {
  const [row] = sections[0]?.rows ?? [];
  if (row === undefined) return [];
  const size = seatCount > LARGE_HALL ? LARGE_BLOCK : BLOCK;
  const blocks = seatCount <= SEATS_IN_ONE_BLOCK_MAX ? [row.seats] : chunksOf(row.seats, size);
  return blocks.map((seats, index) => {
    const first = row.firstNumber + index * size;
    const rows = chunksOf(seats, ROW).map((part, at) => {
      const firstNumber = first + at * ROW;
      return { label: rangeOf(firstNumber, part.length), firstNumber, seats: part };
    });
    return {
      name: blocks.length === 1 ? '' : rangeOf(first, seats.length),
      kind: 'SEATED',
      outline: [],
      rows,
    };
  });
}

function rangeOf(first: number, count: number): string {
  return count === 1 ? `${first}` : `${first}–${first + count - 1}`;
}

function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
