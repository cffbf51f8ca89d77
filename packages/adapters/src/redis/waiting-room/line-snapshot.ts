import type { SortedLine } from '@frontrow/domain/waiting-room/line-marks.ts';
import { sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { createFenwickTree } from './fenwick-tree.ts';

/**
 * The waiting line, as far as positions need it. In the present epoch every sequence between the watermark and the
 * counter waits, unless it has left the line. Sequences of earlier epochs wait only where they were restored.
 */
export type LineSnapshot = {
  readonly epoch: number;
  /** Returns how many places the new watermark has admitted from the line. */
  advance(watermark: number, counter: number): number;
  leave(sequence: number): void;
  restore(sequence: number): void;
  /** Whether the sequence was drawn before the snapshot was taken. */
  isDrawn(sequence: number): boolean;
  includes(sequence: number): boolean;
  /** 1 for the next place in the line, null for one that is not in it. */
  positionOf(sequence: number): number | null;
  /** The line as it is now, until it changes. */
  sorted(): SortedLine;
};

export function createLineSnapshot(epoch: number): LineSnapshot {
  const base = sequenceOf(epoch, 1) - 1;
  const left = createFenwickTree();
  let watermark = 0;
  let latest = base;
  /** The sequences of earlier epochs, ascending, and by index which of them have left. */
  let earlier: number[] = [];
  let earlierLeft = createFenwickTree();
  /** Restored since `earlier` was last sorted. */
  const unsorted = new Set<number>();

  /** How many of `earlier` are at most `sequence`. */
  function countEarlier(sequence: number): number {
    let [from, to] = [0, earlier.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (earlier[middle]! <= sequence) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** How many places of earlier epochs wait above the watermark, up to `sequence`. */
  function countEarlierWaiting(sequence: number): number {
    const [first, last] = [countEarlier(watermark), countEarlier(sequence)];
    return last - first - (earlierLeft.countUpTo(last) - earlierLeft.countUpTo(first));
  }

  function isEarlierWaiting(sequence: number): boolean {
    const index = countEarlier(sequence);
    return earlier[index - 1] === sequence && !earlierLeft.has(index);
  }

  /** Runs with the first position after the grace, not with each restored place. */
  function sortEarlier(): void {
    if (unsorted.size === 0) return;
    const present = earlier.filter((_, index) => !earlierLeft.has(index + 1));
    earlier = [...new Set([...present, ...unsorted])].toSorted((a, b) => a - b);
    earlierLeft = createFenwickTree();
    unsorted.clear();
  }

  /** How many places wait up to `sequence`, itself included. */
  function rankOf(sequence: number): number {
    sortEarlier();
    if (sequence <= base) return countEarlierWaiting(sequence);
    const counter = sequence - base;
    const admitted = Math.max(0, watermark - base);
    const leftSince = left.countUpTo(counter) - left.countUpTo(admitted);
    return countEarlierWaiting(base) + counter - admitted - leftSince;
  }

  function sequenceAt(position: number): number {
    const ofEarlier = countEarlierWaiting(base);
    if (position > ofEarlier) {
      const admitted = Math.max(0, watermark - base);
      return base + left.nthUnmarked(admitted - left.countUpTo(admitted) + position - ofEarlier);
    }
    const first = countEarlier(watermark);
    return earlier[earlierLeft.nthUnmarked(first - earlierLeft.countUpTo(first) + position) - 1]!;
  }

  function includes(sequence: number): boolean {
    if (sequence <= watermark || sequence > latest) return false;
    if (sequence > base) return !left.has(sequence - base);
    return unsorted.has(sequence) || isEarlierWaiting(sequence);
  }

  return {
    epoch,
    isDrawn: (sequence) => sequence <= latest,
    includes,
    advance(newWatermark, counter) {
      latest = base + counter;
      const admitted = newWatermark > watermark ? rankOf(newWatermark) : 0;
      watermark = Math.max(watermark, newWatermark);
      return admitted;
    },
    leave(sequence) {
      if (sequence > base) return left.mark(sequence - base);
      if (unsorted.delete(sequence)) return;
      const index = countEarlier(sequence);
      if (earlier[index - 1] === sequence) earlierLeft.mark(index);
    },
    restore: (sequence) => void unsorted.add(sequence),
    positionOf: (sequence) => (includes(sequence) ? rankOf(sequence) : null),
    sorted: () => ({ length: rankOf(latest), sequenceAt, countUpTo: rankOf }),
  };
}
