import {
  type OnWait,
  type WaitTracker,
  createWaitTracker,
} from '@frontrow/application/waiting-room/wait-tracker.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { EstimateError } from '@frontrow/domain/waiting-room/wait-estimate/estimate-error.ts';
import { observationOf } from '@frontrow/domain/waiting-room/wait-estimate/observation.ts';
import type { WaitEstimate } from '@frontrow/domain/waiting-room/wait-estimate/wait-estimate.ts';
import type { MemoryPlace } from './place.ts';
import { type MemoryRoom, countPlaces, roomOf } from './room.ts';

/** Estimates the waits of all rooms. A room is observed when an estimate or the error of its estimates is asked for. */
export type RoomWaits = {
  /** The wait of a place in the line. Null while the room does not admit. */
  estimate(room: MemoryRoom, place: Pick<MemoryPlace, 'sequence'>, now: Instant): WaitEstimate | null;
  /** The tracker of a room, which has observed it. */
  tracker(room: MemoryRoom, now: Instant): WaitTracker;
  /** Of the estimates of a room; null before the first one whose wait is over. */
  error(room: MemoryRoom, now: Instant): EstimateError | null;
  /** The place has ended. */
  forget(room: MemoryRoom, place: Pick<MemoryPlace, 'sequence'>): void;
};

/** An observation counts all places, so a room that does not admit at the moment is observed no more often than this. */
const OBSERVE_EVERY_MS = 250;

type TrackedRoom = { readonly tracker: WaitTracker; observed: Observed };
type Observed = Pick<MemoryRoom, 'window' | 'config'> & {
  readonly soldOut: boolean;
  readonly asOf: Instant;
  readonly admitted: number;
  readonly admittedFromLine: number;
  readonly left: number;
};

export function createRoomWaits(onWait: OnWait): RoomWaits {
  const tracked = new WeakMap<MemoryRoom, TrackedRoom>();

  function trackerOf(room: MemoryRoom, now: Instant): WaitTracker {
    const known = tracked.get(room);
    const observed = readRoom(room, now);
    if (known === undefined) {
      const tracker = createWaitTracker(room.config.admission, now, onWait);
      tracked.set(room, { tracker, observed });
      observe(tracker, room, observed, observed);
      return tracker;
    }
    if (isDue(known.observed, observed)) {
      observe(known.tracker, room, known.observed, observed);
      known.observed = observed;
    }
    return known.tracker;
  }

  return {
    estimate(room, place, now) {
      const tracker = trackerOf(room, now);
      const position = room.line.positionOf(place);
      tracker.sample(place.sequence, position);
      return tracker.estimate(position);
    },
    tracker: trackerOf,
    error: (room, now) => trackerOf(room, now).error(),
    forget: (room, { sequence }) => tracked.get(room)?.tracker.forget(sequence),
  };
}

function readRoom(room: MemoryRoom, asOf: Instant) {
  const { line, counter, admittedTotal } = room;
  const { window, config, soldOut } = roomOf(room, asOf);
  const left = line.leftTotal();
  const admittedFromLine = counter - line.length() - left;
  return { asOf, window, config, soldOut, admitted: admittedTotal, admittedFromLine, left };
}

function isDue(before: Observed, now: Observed): boolean {
  return (
    now.asOf >= before.asOf + OBSERVE_EVERY_MS ||
    now.window !== before.window ||
    now.config !== before.config ||
    now.soldOut !== before.soldOut
  );
}

function observe(tracker: WaitTracker, room: MemoryRoom, before: Observed, now: Observed): void {
  const counts = {
    ...countPlaces(room, now.asOf),
    admitted: now.admitted - before.admitted,
    admittedFromLine: now.admittedFromLine - before.admittedFromLine,
    left: now.left - before.left,
  };
  tracker.observe(observationOf(roomOf(room, now.asOf), now.asOf, counts), room.watermark);
}
