import { describe, expect, it } from 'vitest';
import { nextSeat } from '../../../src/console/event/seats/next-seat.ts';
import { createSelection } from '../../../src/console/event/seats/selection.ts';

const chosenBy = (act: (selection: ReturnType<typeof createSelection>) => void) => {
  const selection = createSelection();
  act(selection);
  return [...selection.numbers.value].toSorted((a, b) => a - b);
};

describe('createSelection', () => {
  it('adds and removes a seat', () => {
    expect(chosenBy(({ toggle }) => [3, 5, 3].forEach((number) => toggle(number)))).toEqual([5]);
  });

  it('extends from the seat that was toggled last, in both directions', () => {
    expect(
      chosenBy(({ toggle, extendTo }) => {
        toggle(5);
        extendTo(3);
        extendTo(6);
      }),
    ).toEqual([3, 4, 5, 6]);
    expect(chosenBy(({ extendTo }) => extendTo(4))).toEqual([4]);
  });

  it('chooses a whole line, and none of it where all are chosen', () => {
    expect(
      chosenBy(({ toggle, toggleAll }) => {
        toggle(2);
        toggleAll([1, 2, 3]);
      }),
    ).toEqual([1, 2, 3]);
    expect(
      chosenBy(({ toggle, toggleAll }) => {
        toggle(9);
        toggleAll([1, 2]);
        toggleAll([1, 2]);
      }),
    ).toEqual([9]);
  });
});

describe('nextSeat', () => {
  const seat = { label: '', x: 0, y: 0, category: 'a' };
  const lines = [
    { label: 'A', firstNumber: 1, seats: Array.from({ length: 4 }, () => seat) },
    { label: 'B', firstNumber: 5, seats: Array.from({ length: 2 }, () => seat) },
  ];

  it.each([
    [1, 'ArrowRight', 2],
    [2, 'ArrowLeft', 1],
    [2, 'ArrowDown', 6],
    [4, 'ArrowDown', 6],
    [6, 'ArrowUp', 2],
    [3, 'Home', 1],
    [5, 'End', 6],
  ])('leads from %d by %s to %d', (from, key, to) => {
    expect(nextSeat(lines, from, key)).toBe(to);
  });

  it.each([
    [1, 'ArrowLeft'],
    [4, 'ArrowRight'],
    [1, 'ArrowUp'],
    [6, 'ArrowDown'],
    [1, 'Tab'],
    [99, 'ArrowUp'],
  ])('leads nowhere from %d by %s', (from, key) => {
    expect(nextSeat(lines, from, key)).toBeNull();
  });
});
