import { type Room, isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
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

/** A room as it was at one moment of its clock, for answering polls of this process. */
export type RoomSnapshot = {
  readonly epoch: number;
  readonly line: LineSnapshot;
  readonly room: Room;
  readonly asOf: Instant;
  /** How far the snapshot has followed the room's log. */
  readonly followed: number;
  readonly wait: WaitTracker;
  follow(news: RoomChanges): void;
  /** The session of a place of an earlier epoch is in the room again. One of the present epoch changes nothing. */
  addSession(sequence: number): void;
  end(sequence: number, reason: EndReason, at: Instant): void;
  /** Null for what only Redis can answer: an admission not yet claimed, or a place that is not in the snapshot. */
  tokenOf(ticket: Ticket): QueueToken | null;
  /** What a ticket with a session says that was signed after the snapshot was taken; null for any other. */
  newcomerOf(ticket: Ticket): ActiveToken | null;
};

export function createRoomSnapshot(epoch: number, first: RoomChanges, onWait: OnWait): RoomSnapshot {
  const line = createLineSnapshot(epoch);
  const ended = new Map<number, { reason: EndReason; at: Instant }>();
  const restoredSessions = new Set<number>();
  const wait = createWaitTracker(first.room.config.admission, first.asOf, onWait);
  let { room, asOf, followed, admittedTotal } = first;
  line.advance(first.watermark, first.counter);

  function forgetOldEnds(): void {
    for (const [sequence, { at }] of ended) {
      if (at > asOf - ENDED_TOKEN_RETENTION_MS) return;
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
    get followed() {
      return followed;
    },
    wait,
    follow(news) {
      ({ room, asOf, followed } = news);
      let left = 0;
      for (const change of news.entries) {
        const { sequence } = change;
        if (change.kind === 'LEFT_LINE') {
          line.leave(sequence);
          wait.forget(sequence);
          left += 1;
        } else if (change.kind === 'RESTORED_TO_LINE') line.comeBack(sequence);
        else snapshot.end(sequence, change.reason, asOf);
      }
      const admittedFromLine = line.advance(news.watermark, news.counter);
      const { waiting, active, parked } = news;
      const admitted = news.admittedTotal - admittedTotal;
      const counts = { waiting, active, parked, admitted, admittedFromLine, left };
      wait.observe(observationOf(room, asOf, counts), news.watermark);
      admittedTotal = news.admittedTotal;
      forgetOldEnds();
    },
    addSession(sequence) {
      if (epochOf(sequence) !== epoch) restoredSessions.add(sequence);
    },
    end: (sequence, reason, at) => void ended.set(sequence, { reason, at }),
    tokenOf({ concertId, userId, sequence, issuedAt, sessionExpiresAt }) {
      const facts = { concertId, userId, sequence, issuedAt };
      const end = ended.get(sequence);
      if (end !== undefined) return { ...facts, status: end.reason };
      if (!line.knows(sequence)) return null;
      if (sessionExpiresAt !== null) {
        if (sessionExpiresAt <= asOf) return { ...facts, status: 'EXPIRED' };
        if (epochOf(sequence) !== epoch && !restoredSessions.has(sequence)) return null;
        return { ...facts, status: 'ACTIVE', sessionExpiresAt };
      }
      if (!line.includes(sequence)) return null;
      const position = isRestoring(room, asOf) ? null : line.positionOf(sequence);
      if (position !== null) wait.sample(sequence, position);
      return { ...facts, status: 'WAITING', position, parked: false };
    },
    newcomerOf({ concertId, userId, sequence, issuedAt, sessionExpiresAt }) {
      const isNew = epochOf(sequence) === epoch && !line.knows(sequence) && !ended.has(sequence);
      if (!isNew || sessionExpiresAt === null) return null;
      return { concertId, userId, sequence, issuedAt, status: 'ACTIVE', sessionExpiresAt };
    },
  };
  return snapshot;
}
