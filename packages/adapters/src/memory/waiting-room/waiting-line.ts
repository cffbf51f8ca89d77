import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { SortedLine } from '@frontrow/domain/waiting-room/line-marks.ts';
import type { WaitingPlace } from './place.ts';

/** The places that wait for their first admission, by sequence. A new sequence is higher than every other. */
export type WaitingLine = {
  length(): number;
  find(userId: UserId): WaitingPlace | undefined;
  append(place: WaitingPlace): void;
  remove(place: Pick<WaitingPlace, 'userId' | 'sequence'>): void;
  takeFirst(count: number): readonly WaitingPlace[];
  /** 1 for the next place in the line. */
  positionOf(place: Pick<WaitingPlace, 'sequence'>): number;
  /** The line as it is now, until it changes. */
  sorted(): SortedLine;
  /** How many places were removed. */
  leftTotal(): number;
};

export function createWaitingLine(): WaitingLine {
  const line: WaitingPlace[] = [];
  const byUser = new Map<UserId, WaitingPlace>();
  let leftTotal = 0;

  /** A binary search, so that the cost of a poll grows slowly with the line. */
  function indexOf({ sequence }: Pick<WaitingPlace, 'sequence'>): number {
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
    append(place) {
      invariant(place.sequence > (line.at(-1)?.sequence ?? 0), 'a new place goes to the end of the line');
      line.push(place);
      byUser.set(place.userId, place);
    },
    remove(place) {
      if (!byUser.delete(place.userId)) return;
      line.splice(indexOf(place), 1);
      leftTotal += 1;
    },
    takeFirst(count) {
      const first = line.splice(0, count);
      for (const { userId } of first) byUser.delete(userId);
      return first;
    },
    positionOf: (place) => indexOf(place) + 1,
    sorted: () => ({
      length: line.length,
      sequenceAt: (position) => line[position - 1]!.sequence,
      countUpTo: (sequence) => indexOf({ sequence: sequence + 1 }),
    }),
    leftTotal: () => leftTotal,
  };
}
