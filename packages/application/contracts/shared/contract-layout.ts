import type { Layout } from '@frontrow/domain/halls/layout.ts';

/** Four seats in two sections and two categories. Seat 2 is the companion's of seat 1, and the house blocks seat 3. */
export const CONTRACT_LAYOUT: Layout = {
  categories: [
    { key: 'front', name: 'Front “Mitte”', price: 90_000, colour: '#1e90ff' },
    { key: 'rear', name: 'Rear', price: 50_000, colour: '#ffd700' },
  ],
  sections: [
    {
      name: 'Parterre',
      kind: 'SEATED',
      outline: [
        { x: 0, y: 0 },
        { x: 30, y: 0 },
        { x: 0, y: 10.5 },
      ],
      rows: [
        {
          label: 'A',
          seats: [
            { label: '1', x: 0, y: 0, category: 'front', accessible: true },
            { label: '2', x: 1, y: 0, category: 'front', companionOf: '1' },
            { label: '3', x: 2, y: 0, category: 'front', blocked: 'camera' },
          ],
        },
      ],
    },
    {
      name: 'Balcony',
      kind: 'SEATED',
      outline: [],
      rows: [{ label: 'A', seats: [{ label: '1', x: 0, y: 9, category: 'rear', rank: 4 }] }],
    },
  ],
};
