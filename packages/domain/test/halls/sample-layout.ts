import type { Layout, LayoutSeat, Row } from '../../src/halls/layout.ts';

/** A row of `count` seats with labels from 1. */
export function rowOf(
  label: string,
  count: number,
  changes: Readonly<Record<number, Partial<LayoutSeat>>> = {},
): Row {
  const seats = Array.from({ length: count }, (_, index) => ({
    label: `${index + 1}`,
    x: index * 10,
    y: label.charCodeAt(0),
    category: 'A',
    ...changes[index + 1],
  }));
  return { label, seats };
}

/** Nine seats: Parterre has rows A (4) and B (3), Balcony has row A (2). */
export const LAYOUT: Layout = {
  stage: { x: 20, y: -50 },
  categories: [
    { key: 'A', name: 'Front', price: 90_000, colour: '#1e90ff' },
    { key: 'B', name: 'Rear', price: 50_000, colour: '#ffd700' },
  ],
  sections: [
    {
      name: 'Parterre',
      kind: 'SEATED',
      outline: [],
      rows: [
        rowOf('A', 4, {
          1: { accessible: true, rank: 1 },
          2: { companionOf: '1' },
          4: { blocked: 'camera' },
        }),
        rowOf('B', 3, { 2: { category: 'B' }, 3: { obstructedView: 'behind a pillar' } }),
      ],
    },
    { name: 'Balcony', kind: 'SEATED', outline: [{ x: 0, y: 0 }], rows: [rowOf('A', 2)] },
  ],
};

/** The layout with another `rows` of its first section. */
export function withRows(...rows: readonly Row[]): Layout {
  const [parterre, ...others] = LAYOUT.sections;
  return { ...LAYOUT, sections: [{ ...parterre!, rows }, ...others] };
}
