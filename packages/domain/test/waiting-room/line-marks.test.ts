import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markLine, positionByMarks } from '../../src/waiting-room/line-marks.ts';
import { sequenceOf } from '../../src/waiting-room/queue-token.ts';
import { sortedLine } from '../simulation/marked-line.ts';

/** Runs of fans who wait, and of fans who have left, in turn. */
const runs = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
const epochs = fc.array(runs, { minLength: 1, maxLength: 3 });

/** The line of several epochs, of which each begins with the runs of fans that it still has. */
const lines = epochs.map((ofEpochs) =>
  ofEpochs.flatMap((lengths, epoch) => {
    let counter = 0;
    return lengths.flatMap((length, index) => {
      const run = Array.from({ length }, () => sequenceOf(epoch + 1, (counter += 1)));
      return index % 2 === 0 ? run : [];
    });
  }),
);
const marksMax = fc.integer({ min: 2, max: 20 });

describe('the marks of a line', () => {
  it('give no waiting place a position that is too low, or behind the next mark', () => {
    fc.assert(
      fc.property(lines, marksMax, (line, max) => {
        const marks = markLine(sortedLine(line), max);
        for (const [index, sequence] of line.entries()) {
          const computed = positionByMarks(marks, sequence)!;
          expect(computed).toBeGreaterThanOrEqual(index + 1);
          const next = marks.find((mark) => mark.sequence >= sequence)!;
          expect(computed).toBeLessThanOrEqual(next.position);
        }
      }),
    );
  });

  it('order the places as the line does', () => {
    fc.assert(
      fc.property(lines, marksMax, (line, max) => {
        const marks = markLine(sortedLine(line), max);
        const computed = line.map((sequence) => positionByMarks(marks, sequence)!);
        expect(computed).toEqual(computed.toSorted((a, b) => a - b));
      }),
    );
  });

  it('are at most the given number, in order, from the first place to the last', () => {
    fc.assert(
      fc.property(lines, marksMax, (line, max) => {
        const marks = markLine(sortedLine(line), max);
        expect(marks.length).toBeLessThanOrEqual(max);
        expect(marks.map(({ position }) => line[position - 1])).toEqual(
          marks.map(({ sequence }) => sequence),
        );
        expect(marks).toEqual(marks.toSorted((a, b) => a.position - b.position));
        expect([marks[0]?.position, marks.at(-1)?.position]).toEqual(
          line.length === 0 ? [undefined, undefined] : [1, line.length],
        );
      }),
    );
  });

  it('make every position exact where there are enough of them', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const marks = markLine(sortedLine(line), line.length + 2);
        expect(line.map((sequence) => positionByMarks(marks, sequence))).toEqual(
          line.map((_, index) => index + 1),
        );
      }),
    );
  });

  it('are two for a line that nobody has left, and three for one of two epochs', () => {
    const first = Array.from({ length: 500 }, (_, index) => sequenceOf(1, index + 7));
    const second = Array.from({ length: 300 }, (_, index) => sequenceOf(2, index + 1));
    expect(markLine(sortedLine(first))).toHaveLength(2);
    const marks = markLine(sortedLine([...first, ...second]));
    expect(marks.map(({ position }) => position)).toEqual([1, 501, 800]);
    expect(positionByMarks(marks, first[499]!)).toBe(500);
  });

  it('know nothing of a sequence outside the line', () => {
    const marks = markLine(sortedLine([5, 6, 9]));
    expect([4, 10].map((sequence) => positionByMarks(marks, sequence))).toEqual([null, null]);
    expect(positionByMarks([], 5)).toBeNull();
    expect(positionByMarks(markLine(sortedLine([5])), 5)).toBe(1);
  });
});
