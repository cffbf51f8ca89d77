import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Spot } from './stay.ts';

/** Those who wait for the first time, in the order of their sequences, which only grow. */
export type WaitingLine = {
  length(): number;
  find(userId: UserId): Spot | undefined;
  append(spot: Spot): void;
  remove(spot: Spot): void;
  takeFirst(count: number): readonly Spot[];
  /** 1 for the next in line. */
  positionOf(spot: Spot): number;
};

export function createWaitingLine(): WaitingLine {
  const line: Spot[] = [];
  const byUser = new Map<UserId, Spot>();

  /** By bisection, so that a poll from a long line stays cheap. */
  function indexOf({ sequence }: Spot): number {
    let [from, to] = [0, line.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((line[middle]?.sequence ?? Infinity) < sequence) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  return {
    length: () => line.length,
    find: (userId) => byUser.get(userId),
    append(spot) {
      invariant(spot.sequence > (line.at(-1)?.sequence ?? 0), 'a newcomer goes to the end of the line');
      line.push(spot);
      byUser.set(spot.userId, spot);
    },
    remove(spot) {
      if (byUser.delete(spot.userId)) line.splice(indexOf(spot), 1);
    },
    takeFirst(count) {
      const first = line.splice(0, count);
      for (const { userId } of first) byUser.delete(userId);
      return first;
    },
    positionOf: (spot) => indexOf(spot) + 1,
  };
}
