import { describe, expect, it } from 'vitest';
import type { Layout } from '../../src/halls/layout.ts';
import { numberSeats, uniformLayout } from '../../src/halls/numbered-seats.ts';
import { type SeatFilter, seatFilter } from '../../src/halls/seat-filter.ts';

const seat = (label: string, category: string, facts: object = {}) => ({
  label,
  x: 0,
  y: 0,
  category,
  ...facts,
});
const category = (key: string) => ({ key, name: key, price: 1, colour: '#000000' });
/** Seats 1 and 2 in the section Left, 3 in Right; 2 and 3 in the category b, 1 and 3 accessible. */
const LAYOUT: Layout = {
  categories: [category('a'), category('b')],
  sections: [
    {
      name: 'Left',
      kind: 'SEATED',
      outline: [],
      rows: [{ label: '1', seats: [seat('1', 'a', { accessible: true }), seat('2', 'b')] }],
    },
    {
      name: 'Right',
      kind: 'SEATED',
      outline: [],
      rows: [{ label: '1', seats: [seat('1', 'b', { accessible: true })] }],
    },
  ],
};

function chosen(filter: SeatFilter, layout = LAYOUT): unknown {
  const decide = seatFilter(numberSeats(layout), filter);
  return decide.ok ? [1, 2, 3].filter((number) => decide.value(number)) : decide.refusal;
}

describe('a filter of seats', () => {
  it('asks for the seats that meet all of its members', () => {
    expect(chosen({})).toEqual([1, 2, 3]);
    expect(chosen({ section: 'Left' })).toEqual([1, 2]);
    expect(chosen({ category: 'b' })).toEqual([2, 3]);
    expect(chosen({ accessible: true })).toEqual([1, 3]);
    expect(chosen({ accessible: false })).toEqual([2]);
    expect(chosen({ section: 'Left', category: 'b', accessible: true })).toEqual([]);
  });

  it('knows the section and the category of a date without a layout', () => {
    const uniform = uniformLayout(3, 100);
    const [section, only] = [uniform.sections[0]!.name, uniform.categories[0]!.key];
    expect(chosen({ section, category: only }, uniform)).toEqual([1, 2, 3]);
    expect(chosen({ accessible: true }, uniform)).toEqual([]);
  });

  it('refuses a section and a category that the hall does not have', () => {
    expect(chosen({ section: 'left', category: 'c' })).toEqual({
      code: 'VALIDATION_FAILED',
      errors: [
        { pointer: '/section', detail: 'is not a section of the date' },
        { pointer: '/category', detail: 'is not a category of the date' },
      ],
    });
  });
});
