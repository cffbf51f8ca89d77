import { sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { createFenwickTree } from './fenwick-tree.ts';

/**
 * Who waits in line, so that a position is told without asking Redis. In the present epoch everyone from the watermark
 * up to the counter waits but those who are gone; those who came back from earlier epochs are listed one by one.
 */
export type LineSnapshot = {
  readonly epoch: number;
  /**
   * Everyone up to `watermark` is admitted, and `counter` places have been drawn in this epoch. Answers how many were
   * admitted from the line by that.
   */
  advance(watermark: number, counter: number): number;
  leave(sequence: number): void;
  comeBack(sequence: number): void;
  /** Whether the sequence was drawn by the time of the snapshot. */
  knows(sequence: number): boolean;
  includes(sequence: number): boolean;
  /** 1 for the next in line, null for one who does not wait here. */
  positionOf(sequence: number): number | null;
};

export function createLineSnapshot(epoch: number): LineSnapshot {
  const base = sequenceOf(epoch, 1) - 1;
  const gone = createFenwickTree();
  let watermark = 0;
  let newest = base;
  let old: number[] = [];
  let oldGone = createFenwickTree();
  const back = new Set<number>();

  /** How many of `old` are at most `sequence`. */
  function countOld(sequence: number): number {
    let [from, to] = [0, old.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (old[middle]! <= sequence) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** How many of the earlier epochs wait above the watermark, up to `sequence`. */
  function oldWaiting(sequence: number): number {
    const [first, last] = [countOld(watermark), countOld(sequence)];
    return last - first - (oldGone.countUpTo(last) - oldGone.countUpTo(first));
  }

  function isOldWaiting(sequence: number): boolean {
    const index = countOld(sequence);
    return old[index - 1] === sequence && !oldGone.has(index);
  }

  /** Sorted only once somebody asks for a position, which nobody does while the crowd is still coming back. */
  function settle(): void {
    if (back.size === 0) return;
    const present = old.filter((_, index) => !oldGone.has(index + 1));
    old = [...new Set([...present, ...back])].toSorted((a, b) => a - b);
    oldGone = createFenwickTree();
    back.clear();
  }

  /** How many wait up to a sequence, itself included. */
  function rankOf(sequence: number): number {
    settle();
    if (sequence <= base) return oldWaiting(sequence);
    const counter = sequence - base;
    const admitted = Math.max(0, watermark - base);
    const left = gone.countUpTo(counter) - gone.countUpTo(admitted);
    return oldWaiting(base) + counter - admitted - left;
  }

  function includes(sequence: number): boolean {
    if (sequence <= watermark || sequence > newest) return false;
    if (sequence > base) return !gone.has(sequence - base);
    return back.has(sequence) || isOldWaiting(sequence);
  }

  return {
    epoch,
    knows: (sequence) => sequence <= newest,
    includes,
    advance(to, drawn) {
      newest = base + drawn;
      const admitted = to > watermark ? rankOf(to) : 0;
      watermark = Math.max(watermark, to);
      return admitted;
    },
    leave(sequence) {
      if (sequence > base) return gone.mark(sequence - base);
      if (back.delete(sequence)) return;
      const index = countOld(sequence);
      if (old[index - 1] === sequence) oldGone.mark(index);
    },
    comeBack: (sequence) => void back.add(sequence),
    positionOf: (sequence) => (includes(sequence) ? rankOf(sequence) : null),
  };
}
