import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LetterRange, STATE_LETTERS, changedRanges, lettersOf } from '../../src/booking/seat-states.ts';

const letters = (size: object) =>
  fc.string({ unit: fc.constantFrom(...Object.values(STATE_LETTERS)), ...size });

function apply(before: string, ranges: readonly LetterRange[]): string {
  let after = before;
  for (const [firstNumber, changed] of ranges)
    after = after.slice(0, firstNumber - 1) + changed + after.slice(firstNumber - 1 + changed.length);
  return after;
}

describe('the states of seats', () => {
  it('have a letter for each seat, by number, and another one for each status', () => {
    expect(lettersOf((['SOLD', 'AVAILABLE', 'HELD', 'BLOCKED'] as const).map((status) => ({ status })))).toBe(
      'SAHB',
    );
    const all = Object.values(STATE_LETTERS);
    expect(new Set(all).size).toBe(all.length);
    expect(all.join('')).toMatch(/^[A-Z]+$/);
  });

  it('differ in ranges of consecutive seats', () => {
    expect(changedRanges('AAAAAA', 'AHHASA')).toEqual([
      [2, 'HH'],
      [5, 'S'],
    ]);
    expect(changedRanges('AAA', 'AAA')).toEqual([]);
    expect(changedRanges('AH', 'AHAA')).toEqual([[3, 'AA']]);
    expect(changedRanges('', 'AH')).toEqual([[1, 'AH']]);
  });

  it('become the later ones by their ranges, which name no unchanged seat and do not touch', () => {
    const states = fc
      .tuple(letters({ maxLength: 60 }), letters({ maxLength: 80 }))
      .map(([before, after]) => [before, after + before.slice(after.length)] as const);
    fc.assert(
      fc.property(states, ([before, after]) => {
        const ranges = changedRanges(before, after);
        expect(apply(before, ranges)).toBe(after);
        let end = -1;
        for (const [firstNumber, changed] of ranges) {
          expect(firstNumber).toBeGreaterThan(end + 1);
          end = firstNumber + changed.length - 1;
          for (let index = 0; index < changed.length; index += 1)
            expect(before[firstNumber - 1 + index]).not.toBe(changed[index]);
        }
      }),
    );
  });
});
