import { describe, expect, it } from 'vitest';
import { formatSeatNumbers, parseSeatNumbers } from '../../../src/console/hall/seat-numbers.ts';
import { countStates } from '../../../src/console/hall/seat-states.ts';

describe('formatSeatNumbers', () => {
  it('joins consecutive numbers', () => {
    expect(formatSeatNumbers([1, 2, 3, 7, 9, 10])).toBe('1–3, 7, 9–10');
    expect(formatSeatNumbers([])).toBe('');
  });

  it('names few ranges of many', () => {
    expect(formatSeatNumbers([1, 3, 5, 7], 2)).toBe('1, 3 and more');
  });
});

describe('parseSeatNumbers', () => {
  it.each([
    ['7', [7]],
    ['1-3, 2;9 10', [1, 2, 3, 9, 10]],
    ['4–5', [4, 5]],
    [' ', []],
  ])('reads %j', (text, numbers) => {
    expect(parseSeatNumbers(text, 10)).toEqual(numbers);
  });

  it.each(['0', '11', '1-11', '3-1', 'a', '1.5', '-2', '1e1', '123456'])('refuses %j', (text) => {
    expect(parseSeatNumbers(text, 10)).toBeNull();
  });
});

it('counts the states of some seats', () => {
  expect(countStates('AAHSBB')).toEqual({ A: 2, H: 1, S: 1, B: 2 });
  expect(countStates('AAHSBB', 3, 2)).toEqual({ A: 0, H: 1, S: 1, B: 0 });
  expect(countStates('AA', 2, 5)).toEqual({ A: 1, H: 0, S: 0, B: 0 });
});
