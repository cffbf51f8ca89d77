import type { Layout, LayoutSeat } from '@frontrow/domain/halls/layout.ts';

const SEATS: Readonly<Record<string, Partial<LayoutSeat>>> = {
  '.': {},
  r: { category: 'rear' },
  a: { accessible: true },
  x: { blocked: 'camera' },
};

/**
 * A hall of seated sections, the first at the stage, each with its rows from the front. A character is a seat: `.` of the
 * category `front` at 1,000 won, `r` of the category `rear` at 500 won, `a` accessible, `c` for a companion of the
 * accessible seat before it in its row, and `x` blocked.
 */
export function drawHall(sections: Readonly<Record<string, readonly string[]>>): Layout {
  let y = 0;
  return {
    categories: [
      { key: 'front', name: 'Front', price: 1_000, colour: '#1e90ff' },
      { key: 'rear', name: 'Rear', price: 500, colour: '#ffd700' },
    ],
    sections: Object.entries(sections).map(([name, rows]) => ({
      name,
      kind: 'SEATED',
      outline: [],
      rows: rows.map((drawn, index) => ({ label: `${index + 1}`, seats: drawRow(drawn, (y += 1)) })),
    })),
  };
}

function drawRow(drawn: string, y: number): LayoutSeat[] {
  return Array.from(drawn, (seat, x) => ({
    label: `${x + 1}`,
    x,
    y,
    category: 'front',
    ...(seat === 'c' ? { companionOf: `${drawn.lastIndexOf('a', x) + 1}` } : SEATS[seat]),
  }));
}
