import { type Room, isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import type { RoomStatus } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import { roomStatusOf } from '@frontrow/application/waiting-room/room-status.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { unsoldNow } from '@frontrow/domain/waiting-room/inventory.ts';
import {
  type ActiveToken,
  type EndReason,
  type QueueToken,
  type Ticket,
  epochOf,
} from '@frontrow/domain/waiting-room/queue-token.ts';
import { ENDED_TOKEN_RETENTION_MS } from '@frontrow/domain/shared/limits.ts';
import { observationOf } from '@frontrow/domain/waiting-room/wait-estimate/observation.ts';
import {
  type OnWait,
  type WaitTracker,
  createWaitTracker,
} from '@frontrow/application/waiting-room/wait-tracker.ts';
import type { RoomChanges } from './room-changes.ts';
import { type LineSnapshot, createLineSnapshot } from './line-snapshot.ts';

/** A copy of a room at one moment of its clock, from which this process answers polls. */
export type RoomSnapshot = {
  readonly epoch: number;
  readonly line: LineSnapshot;
  readonly room: Room;
  readonly asOf: Instant;
  /** The index of the last entry of the room's log that has been applied. */
  readonly logEnd: number;
  readonly wait: WaitTracker;
  /** Computed once for all calls until the next `apply`. */
  status(): RoomStatus;
  apply(changes: RoomChanges): void;
  /** The session of a place of an earlier epoch is in the room again. One of the present epoch changes nothing. */
  addSession(sequence: number): void;
  end(sequence: number, reason: EndReason, at: Instant): void;
  /** Null where only a check-in can answer: an offered or parked place, or one that is not in the snapshot. */
  tokenOf(ticket: Ticket): QueueToken | null;
  /** The session of a ticket that was signed after the snapshot was taken. Null for any other ticket. */
  newTokenOf(ticket: Ticket): ActiveToken | null;
};

export function createRoomSnapshot(
  concertId: ConcertId,
  epoch: number,
  first: RoomChanges,
  onWait: OnWait,
): RoomSnapshot {
  const line = createLineSnapshot(epoch);
  const ended = new Map<number, { reason: EndReason; at: Instant }>();
  const restoredSessions = new Set<number>();
  const wait = createWaitTracker(first.room.config.admission, first.asOf, onWait);
  let { room, asOf, logEnd, admittedTotal, count, soldTotal } = first;
  let status: RoomStatus | null = null;
  line.advance(first.watermark, first.counter);

  function forgetOldEnds(): void {
    for (const [sequence, { at }] of ended) {
      if (at > asOf - ENDED_TOKEN_RETENTION_MS) continue;
      ended.delete(sequence);
      restoredSessions.delete(sequence);
    }
  }

  const snapshot: RoomSnapshot = {
    epoch,
    line,
    get room() {
      return room;
    },
    get asOf() {
      return asOf;
    },
    get logEnd() {
      return logEnd;
    },
    wait,
    status() {
      const unsoldSeats = unsoldNow(count, soldTotal, asOf);
      status ??= roomStatusOf({ concertId, room, asOf, epoch, unsoldSeats, line: line.sorted(), wait });
      return status;
    },
    apply(changes) {
      ({ room, asOf, logEnd, count, soldTotal } = changes);
      status = null;
      let left = 0;
      for (const change of changes.log) {
        const { sequence } = change;
        if (change.kind === 'LEFT_LINE') {
          line.leave(sequence);
          wait.forget(sequence);
          left += 1;
        } else if (change.kind === 'RESTORED_TO_LINE') line.restore(sequence);
        else snapshot.end(sequence, change.reason, change.keptFrom);
      }
      const admittedFromLine = line.advance(changes.watermark, changes.counter);
      const { waiting, active, parked } = changes;
      const admitted = changes.admittedTotal - admittedTotal;
      const counts = { waiting, active, parked, admitted, admittedFromLine, left };
      wait.observe(observationOf(room, asOf, counts), changes.watermark);
      admittedTotal = changes.admittedTotal;
      forgetOldEnds();
    },
    addSession(sequence) {
      if (epochOf(sequence) !== epoch) restoredSessions.add(sequence);
    },
    end: (sequence, reason, at) => void ended.set(sequence, { reason, at }),
    tokenOf({ userId, sequence, issuedAt, sessionExpiresAt }) {
      const facts = { concertId, userId, sequence, issuedAt };
      const end = ended.get(sequence);
      if (end !== undefined) return { ...facts, status: end.reason };
      if (!line.isDrawn(sequence)) return null;
      if (sessionExpiresAt !== null) {
        // A check-in writes the end to the database before it answers EXPIRED.
        if (sessionExpiresAt <= asOf) return null;
        if (epochOf(sequence) !== epoch && !restoredSessions.has(sequence)) return null;
        return { ...facts, status: 'ACTIVE', sessionExpiresAt };
      }
      if (!line.includes(sequence)) return null;
      const position = isRestoring(room, asOf) ? null : line.positionOf(sequence);
      if (position !== null) wait.sample(sequence, position);
      return { ...facts, status: 'WAITING', position, parked: false };
    },
    newTokenOf({ userId, sequence, issuedAt, sessionExpiresAt }) {
      const isNew = epochOf(sequence) === epoch && !line.isDrawn(sequence) && !ended.has(sequence);
      if (!isNew || sessionExpiresAt === null) return null;
      return { concertId, userId, sequence, issuedAt, status: 'ACTIVE', sessionExpiresAt };
    },
  };
  return snapshot;
}
