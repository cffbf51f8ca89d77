import * as fc from 'fast-check';
import { type HallIndex, indexHall } from '../../src/halls/hall-index.ts';
import type { Layout, LayoutSeat } from '../../src/halls/layout.ts';
import { countSeats, numberSeats } from '../../src/halls/numbered-seats.ts';

export const CATEGORIES = ['near', 'far'] as const;
/** By the index of the category. */
export const PRICES = [200, 100];

type SeatKind = 'general' | 'accessible' | 'companion';

const seatKind = fc.constantFrom<SeatKind>('general', 'general', 'general', 'accessible', 'companion');
const drawnSeat = fc.record({
  category: fc.constantFrom(...CATEGORIES),
  kind: seatKind,
  rank: fc.constantFrom(0, 0, 1, 2, 5_000),
});
const drawnRow = fc.record({
  shift: fc.constantFrom(0, 0.5, 1),
  seats: fc.array(drawnSeat, { minLength: 1, maxLength: 7 }),
});
const drawnSection = fc.record({
  kind: fc.constantFrom('SEATED' as const, 'SEATED' as const, 'SEATED' as const, 'STANDING' as const),
  rows: fc.array(drawnRow, { minLength: 1, maxLength: 3 }),
});

/** Layouts of at most 42 seats, in which a companion seat belongs to the last accessible seat before it in its row. */
export const smallLayout: fc.Arbitrary<Layout> = fc
  .record({
    sections: fc.array(drawnSection, { minLength: 1, maxLength: 2 }),
    stage: fc.option(fc.constant({ x: 2, y: -1 }), { nil: undefined }),
    isRanked: fc.boolean(),
  })
  .map(({ sections, stage, isRanked }) => ({
    ...(stage === undefined ? {} : { stage }),
    categories: CATEGORIES.map((key, index) => ({
      key,
      name: key,
      price: PRICES[index]!,
      colour: '#000000',
    })),
    sections: sections.map(({ kind, rows }, index) => ({
      name: `section ${index}`,
      kind,
      outline: [],
      rows: rows.map(({ shift, seats }, y) => ({
        label: `${y + 1}`,
        seats: layoutSeats(seats, { x: 10 * index + shift, y: y + 1 }, isRanked),
      })),
    })),
  }));

type DrawnSeat = { readonly category: string; readonly kind: SeatKind; readonly rank: number };

function layoutSeats(
  seats: readonly DrawnSeat[],
  { x, y }: { readonly x: number; readonly y: number },
  isRanked: boolean,
): LayoutSeat[] {
  let accessibleSeat: string | null = null;
  return seats.map(({ category, kind, rank }, position) => {
    const label = `${position + 1}`;
    if (kind === 'accessible') accessibleSeat = label;
    return {
      label,
      x: x + position,
      y,
      category,
      ...(isRanked && rank > 0 ? { rank } : {}),
      ...(kind === 'accessible' ? { accessible: true } : {}),
      ...(kind === 'companion' && accessibleSeat !== null ? { companionOf: accessibleSeat } : {}),
    };
  });
}

/** A layout and some of its seats. */
export const layoutWithUnavailableSeats = smallLayout.chain((layout) =>
  fc.record({
    layout: fc.constant(layout),
    unavailable: fc.subarray(Array.from({ length: countSeats(layout) }, (_, index) => index + 1)),
  }),
);

/** A hall of one section. A character is a seat: `.` on general sale, `a` accessible, `c` a companion seat of seat 1. */
export function hallOf(rows: readonly string[]): HallIndex {
  const layout: Layout = {
    categories: [{ key: 'all', name: 'All', price: 100, colour: '#000000' }],
    sections: [
      {
        name: 'Stalls',
        kind: 'SEATED',
        outline: [],
        rows: rows.map((seats, y) => ({
          label: `${y + 1}`,
          seats: Array.from(seats, (seat, x) => ({
            label: `${x + 1}`,
            x,
            y: y + 1,
            category: 'all',
            ...(seat === 'a' ? { accessible: true } : {}),
            ...(seat === 'c' ? { companionOf: '1' } : {}),
          })),
        })),
      },
    ],
  };
  return indexHall(numberSeats(layout));
}
