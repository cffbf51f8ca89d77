import { describe, expect, it } from 'vitest';
import { type ListedSeat, layoutOfSeatList } from '../../src/halls/seat-list.ts';

function listed(line: number, facts: Partial<ListedSeat> = {}, seat: Partial<ListedSeat['seat']> = {}) {
  const label = `${line}`;
  return {
    line,
    section: 'Parterre',
    row: 'A',
    price: 100,
    ...facts,
    seat: { label, x: line, y: 0, category: 'front', ...seat },
  };
}

const pointersOf = (list: readonly ListedSeat[]) => {
  const read = layoutOfSeatList(list, '/seatsCsv');
  return read.ok ? [] : read.refusal.errors.map(({ pointer }) => pointer);
};

describe('a list of seats', () => {
  it('is arranged in the order of the first lines of its sections and rows', () => {
    const list = [
      listed(2, { row: 'B' }),
      listed(3, { section: 'Balcony', price: null }, { category: 'rear' }),
      listed(4, { row: 'A', price: null }),
      listed(5, { row: 'B', price: null }, { accessible: true }),
      listed(6, { section: 'Balcony', price: 50 }, { category: 'rear' }),
    ];
    expect(layoutOfSeatList(list)).toEqual({
      ok: true,
      value: {
        categories: [
          { key: 'front', name: 'front', price: 100, colour: '#1e90ff' },
          { key: 'rear', name: 'rear', price: 50, colour: '#ffa500' },
        ],
        sections: [
          {
            name: 'Parterre',
            kind: 'SEATED',
            outline: [],
            rows: [
              { label: 'B', seats: [list[0]?.seat, list[3]?.seat] },
              { label: 'A', seats: [list[2]?.seat] },
            ],
          },
          {
            name: 'Balcony',
            kind: 'SEATED',
            outline: [],
            rows: [{ label: 'A', seats: [list[1]?.seat, list[4]?.seat] }],
          },
        ],
      },
    });
  });

  it('has no name that JavaScript objects have by themselves', () => {
    const list = [listed(2, { section: '__proto__', row: 'constructor' }, { category: 'constructor' })];
    expect(layoutOfSeatList(list)).toMatchObject({
      ok: true,
      value: {
        categories: [{ key: 'constructor', price: 100 }],
        sections: [{ name: '__proto__', rows: [{ label: 'constructor' }] }],
      },
    });
  });

  it('has one price for each category', () => {
    expect(pointersOf([listed(2), listed(3, { price: 99 }), listed(4, { price: 100 })])).toEqual([
      '/seatsCsv/3/price',
    ]);
    expect(pointersOf([listed(2, { price: null }), listed(3, { price: null })])).toEqual([
      '/seatsCsv/3/price',
    ]);
  });

  it('is refused with the line and the column of each fault', () => {
    const balcony = { section: 'Balcony' };
    expect(
      pointersOf([
        listed(2),
        listed(3, {}, { label: '2' }),
        listed(7, { row: 'x'.repeat(21) }),
        listed(8, balcony, { companionOf: '9' }),
        listed(10, balcony, { category: 'back row' }),
        listed(11, { section: '' }, { rank: 0 }),
      ]),
    ).toEqual([
      '/seatsCsv/10/category',
      '/seatsCsv/3/seat',
      '/seatsCsv/7/row',
      '/seatsCsv/8/companionOf',
      '/seatsCsv/11/section',
      '/seatsCsv/11/rank',
    ]);
  });

  it('is refused as a whole for what no line is at fault for', () => {
    const list = Array.from({ length: 201 }, (_, index) => listed(index + 2, { section: `${index}` }));
    expect(pointersOf(list)).toEqual(['/seatsCsv']);
    expect(pointersOf([])).toEqual(['/seatsCsv', '/seatsCsv']);
  });

  it('is refused with the first hundred faults', () => {
    const list = Array.from({ length: 300 }, (_, index) => listed(index + 2, { price: index }));
    expect(pointersOf(list)).toHaveLength(100);
  });
});
