import {
  type LineMark,
  type SortedLine,
  markLine,
  positionByMarks,
} from '../../src/waiting-room/line-marks.ts';
import { createRandom } from './random.ts';

/** A line of these sequences, ascending. */
export function sortedLine(sequences: readonly number[]): SortedLine {
  return {
    length: sequences.length,
    sequenceAt: (position) => sequences[position - 1]!,
    countUpTo(sequence) {
      let [from, to] = [0, sequences.length];
      while (from < to) {
        const middle = (from + to) >>> 1;
        if (sequences[middle]! <= sequence) from = middle + 1;
        else to = middle;
      }
      return from;
    },
  };
}

/** How far computed positions are off, over all places of a line. */
export type PositionErrors = {
  readonly marks: readonly LineMark[];
  readonly waiting: number;
  /** How many computed positions are lower than the true one. */
  readonly tooLow: number;
  /** In places. */
  readonly max: number;
  readonly mean: number;
  /** Of the places beyond position 1,000, as a share of their position. */
  readonly maxShare: number;
};

export function measurePositions(sequences: readonly number[], marksMax?: number): PositionErrors {
  const marks = markLine(sortedLine(sequences), marksMax);
  let [tooLow, max, sum, maxShare] = [0, 0, 0, 0];
  for (const [index, sequence] of sequences.entries()) {
    const position = index + 1;
    const error = (positionByMarks(marks, sequence) ?? -Infinity) - position;
    if (error < 0) tooLow += 1;
    max = Math.max(max, error);
    sum += error;
    if (position > 1_000) maxShare = Math.max(maxShare, error / position);
  }
  const waiting = sequences.length;
  return { marks, waiting, tooLow, max, mean: sum / waiting, maxShare };
}

/** The sequences of `fans` fans of whom a share has left: each at random, or whole runs of up to `clump` of them. */
export function lineAfterLeaving(
  fans: number,
  share: number,
  clump: number,
  random: () => number,
): readonly number[] {
  const left = new Uint8Array(fans + 1);
  for (let gone = 0; gone < share * fans;) {
    const start = 1 + Math.floor(random() * fans);
    const length = 1 + Math.floor(random() * clump);
    for (let at = start; at < start + length && at <= fans && gone < share * fans; at += 1) {
      if (left[at] === 1) continue;
      left[at] = 1;
      gone += 1;
    }
  }
  return Array.from({ length: fans }, (_, index) => index + 1).filter((sequence) => left[sequence] === 0);
}

export const SHARES = [0.1, 0.5];
/** Fans leave one by one, or with their neighbours. */
export const CLUMPS = [1, 100, 1_000, 10_000];

export function simulateLines(fans: number, seed = 1) {
  return SHARES.flatMap((share) =>
    CLUMPS.map((clump) => {
      const line = lineAfterLeaving(fans, share, clump, createRandom(seed));
      return { share, clump, errors: measurePositions(line) };
    }),
  );
}
