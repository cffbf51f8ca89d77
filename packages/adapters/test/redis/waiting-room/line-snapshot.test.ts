import { sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFenwickTree } from '../../../src/redis/waiting-room/fenwick-tree.ts';
import { createLineSnapshot } from '../../../src/redis/waiting-room/line-snapshot.ts';

describe('Fenwick', () => {
  it('counts marks as a plain list does at any size', () => {
    const index = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(fc.array(index, { maxLength: 200 }), fc.array(index), (marked, asked) => {
        const fenwick = createFenwickTree();
        for (const mark of marked) fenwick.mark(mark);
        const distinct = [...new Set(marked)];
        for (const at of asked) {
          expect(fenwick.countUpTo(at)).toBe(distinct.filter((mark) => mark <= at).length);
          expect(fenwick.has(at)).toBe(distinct.includes(at));
        }
        const unmarked = asked.filter((at) => !distinct.includes(at));
        expect(unmarked.map((at) => fenwick.nthUnmarked(at - fenwick.countUpTo(at)))).toEqual(unmarked);
      }),
    );
  });
});

type Step =
  | { readonly kind: 'join' | 'admit'; readonly count: number }
  | { readonly kind: 'leave' | 'restore'; readonly pick: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('join', 'admit'), count: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ kind: fc.constantFrom('leave', 'restore'), pick: fc.nat() }),
) as fc.Arbitrary<Step>;

describe('LineSnapshot', () => {
  it('gives every position as a sorted list of the waiting places does', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), expectSamePositions), { numRuns: 300 });
  });

  it('has no place beyond the last one drawn', () => {
    const snapshot = createLineSnapshot(1);
    snapshot.advance(0, 2);
    expect(snapshot.positionOf(sequenceOf(1, 2))).toBe(2);
    expect(snapshot.positionOf(sequenceOf(1, 3))).toBeNull();
    expect(snapshot.isDrawn(sequenceOf(1, 3))).toBe(false);
  });
});

const EPOCH = 3;

function expectSamePositions(steps: readonly Step[]): void {
  const snapshot = createLineSnapshot(EPOCH);
  let waiting: number[] = [];
  let [counter, watermark, returned] = [0, 0, 0];
  for (const one of steps) {
    if (one.kind === 'join') {
      for (let i = 0; i < one.count; i += 1) waiting.push(sequenceOf(EPOCH, (counter += 1)));
    } else if (one.kind === 'admit') {
      watermark = Math.max(watermark, waiting[one.count - 1] ?? 0);
      waiting = waiting.filter((sequence) => sequence > watermark);
    } else if (one.kind === 'leave' && waiting.length > 0) {
      const [left] = waiting.splice(one.pick % waiting.length, 1);
      snapshot.leave(left!);
    } else if (one.kind === 'restore') {
      // From an earlier epoch, above the watermark, each sequence once.
      const sequence = sequenceOf(EPOCH - 1, (returned += 1) * 1_000 + (one.pick % 1_000));
      if (sequence <= watermark) continue;
      waiting = [...waiting, sequence].toSorted((a, b) => a - b);
      snapshot.restore(sequence);
    }
    snapshot.advance(watermark, counter);
  }
  expect(waiting.map((sequence) => snapshot.positionOf(sequence))).toEqual(
    waiting.map((_, index) => index + 1),
  );
  expect(snapshot.positionOf(watermark)).toBeNull();
  const line = snapshot.sorted();
  expect(line.length).toBe(waiting.length);
  expect(waiting.map((_, index) => line.sequenceAt(index + 1))).toEqual(waiting);
  expect(waiting.map((sequence) => line.countUpTo(sequence))).toEqual(waiting.map((_, index) => index + 1));
}
