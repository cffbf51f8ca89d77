import {
  type AdmissionPolicy,
  type AdmissionWindow,
  type Room,
  isRestoring,
  roomState,
} from '../admission.ts';
import type { Instant } from '../../shared/instant.ts';

/** A snapshot of a room, and what has happened since the snapshot before it. */
export type Observation = RoomCounts & {
  /** By the room's clock. */
  readonly asOf: Instant;
  /** The room admits: it is OPEN and not restoring. */
  readonly isOpen: boolean;
  readonly policy: AdmissionPolicy;
  readonly window: AdmissionWindow | null;
};

export type RoomCounts = {
  /** How many places wait in the line, are offered or active, and are parked or returned. */
  readonly waiting: number;
  readonly active: number;
  readonly parked: number;
  /** Since the snapshot before: all admissions, those from the line, and how many left the line. */
  readonly admitted: number;
  readonly admittedFromLine: number;
  readonly left: number;
};

export function observationOf(room: Room, asOf: Instant, counts: RoomCounts): Observation {
  const isOpen = roomState(room, asOf) === 'OPEN' && !isRestoring(room, asOf);
  return { asOf, isOpen, policy: room.config.admission, window: room.window, ...counts };
}

/** An observation compared with the one before it. */
export type Interval = Observation & {
  readonly elapsedMs: number;
  /** `elapsedMs` if the room was open at both ends, else 0. */
  readonly openMs: number;
  readonly before: Observation;
};

export function intervalBetween(before: Observation, observation: Observation): Interval {
  const elapsedMs = Math.max(0, observation.asOf - before.asOf);
  const openMs = before.isOpen && observation.isOpen ? elapsedMs : 0;
  return { ...observation, before, elapsedMs, openMs };
}

/** Whether the policies admit at the same rate. */
export function hasSameRate(a: AdmissionPolicy, b: AdmissionPolicy): boolean {
  return (
    a.batchSize === b.batchSize &&
    a.intervalMs === b.intervalMs &&
    a.shape === b.shape &&
    a.maxActive === b.maxActive &&
    a.sellableFactor === b.sellableFactor
  );
}
