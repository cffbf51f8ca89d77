import { describe, expect, it } from 'vitest';
import type { AnyProblem } from '../../../src/console/data/answer.ts';
import { layoutFaults } from '../../../src/console/layouts/layout-faults.ts';

const LAYOUT = {
  categories: [{ key: 'a', name: 'Front', price: 1, colour: '#000000' }],
  sections: [
    { name: 'Parterre', rows: [{ label: 'A', seats: [{ label: '7', x: 0, y: 0, category: 'a' }] }] },
  ],
};

function refusedAt(...pointers: string[]): AnyProblem {
  const errors = pointers.map((pointer) => ({ pointer, detail: 'is wrong' }));
  return {
    type: 'urn:frontrow:problem:VALIDATION_FAILED',
    title: '',
    status: 400,
    detail: '',
    instance: '',
    code: 'VALIDATION_FAILED',
    errors,
  };
}

describe('layoutFaults', () => {
  it('shows the line of a CSV file and its column', () => {
    const text = 'section,row,seat\r\nA,1,1\r\nA,<b>2</b>,2\r\n';
    const faults = layoutFaults(
      refusedAt('/seatsCsv/3/row', '/seatsCsv', '/name'),
      { kind: 'csv', text },
      '/seatsCsv',
    );

    expect(faults).toEqual([
      { place: 'Line 3, row', detail: 'is wrong', excerpt: 'A,<b>2</b>,2' },
      { place: 'The file', detail: 'is wrong', excerpt: null },
    ]);
  });

  it('shows no text of a line that the file does not have', () => {
    const [fault] = layoutFaults(refusedAt('/seatsCsv/99'), { kind: 'csv', text: 'a\n' }, '/seatsCsv');

    expect(fault).toMatchObject({ place: 'Line 99', excerpt: null });
  });

  it('shows the line of a JSON text', () => {
    const text = JSON.stringify(LAYOUT, null, 2);
    const [fault] = layoutFaults(refusedAt('/layout/categories/0/price'), { kind: 'json', text }, '/layout');

    expect(fault).toEqual({ place: 'Line 6, price', detail: 'is wrong', excerpt: '"price": 1,' });
  });

  it.each([
    ['/categories/0/price', 'Category Front, price'],
    ['/sections/0/name', 'Parterre, name'],
    ['/sections/0/rows/0/label', 'Parterre, row A, label'],
    ['/sections/0/rows/0/seats/0/companionOf', 'Parterre, row A, seat 7, companionOf'],
    ['/sections/0/rows/9/label', 'Parterre, rows, 9, label'],
    ['/sections/9', '/sections/9'],
    ['', 'The layout'],
  ])('names %j of a form as %j', (pointer, place) => {
    expect(layoutFaults(refusedAt(pointer), { kind: 'form', layout: LAYOUT }, '')[0]?.place).toBe(place);
  });

  it('knows no fault in another refusal', () => {
    expect(layoutFaults(null, { kind: 'form', layout: LAYOUT }, '')).toEqual([]);
    const unreachable = { code: 'UNREACHABLE', reason: 'NETWORK' } as const;
    expect(layoutFaults(unreachable, { kind: 'form', layout: LAYOUT }, '')).toEqual([]);
  });
});
