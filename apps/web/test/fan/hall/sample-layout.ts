import type { EventLayout } from '@frontrow/client';

type Section = EventLayout['sections'][number];
type Seat = Section['rows'][number]['seats'][number];

export type DrawnSection = {
  readonly name: string;
  readonly kind?: Section['kind'];
  readonly rows: number;
  readonly seatsPerRow: number;
  /** Where the seat of a row is; by default beside each other, 10 apart, the rows 12 apart. */
  readonly placeOf?: (row: number, at: number) => { readonly x: number; readonly y: number };
  readonly seat?: (row: number, at: number) => Partial<Seat>;
};

/** A layout whose seats are numbered from 1 in the order of the sections. */
export function drawLayout(sections: readonly DrawnSection[], facts: Partial<EventLayout> = {}): EventLayout {
  let next = 1;
  const drawn = sections.map(
    ({ name, kind = 'SEATED', rows, seatsPerRow, placeOf = besideEachOther, seat }): Section => ({
      name,
      kind,
      outline: [],
      rows: Array.from({ length: rows }, (_, row) => {
        const firstNumber = next;
        next += seatsPerRow;
        const seats = Array.from({ length: seatsPerRow }, (__, at) => ({
          label: `${at + 1}`,
          category: 'front',
          ...placeOf(row, at),
          ...seat?.(row, at),
        }));
        return { label: `${row + 1}`, firstNumber, seats };
      }),
    }),
  );
  return {
    eventId: 'event',
    version: 1,
    seatCount: next - 1,
    categories: [
      { key: 'front', name: 'Front', price: 120_000, colour: '#1e90ff' },
      { key: 'rear', name: 'Rear', price: 80_000, colour: '#ffd700' },
    ],
    sections: drawn,
    ...facts,
  };
}

const besideEachOther = (row: number, at: number) => ({ x: at * 10, y: row * 12 });

/** The layout that the server answers for a date without one. */
export function drawUniformLayout(seatCount: number): EventLayout {
  const seats = Array.from({ length: seatCount }, (_, index) => ({
    label: `${index + 1}`,
    x: index,
    y: 0,
    category: 'standard',
  }));
  return {
    eventId: 'event',
    version: 0,
    seatCount,
    categories: [{ key: 'standard', name: 'Standard', price: 99_000, colour: '#5b6b7b' }],
    sections: [
      { name: 'Standard', kind: 'SEATED', outline: [], rows: [{ label: '1', firstNumber: 1, seats }] },
    ],
  };
}
