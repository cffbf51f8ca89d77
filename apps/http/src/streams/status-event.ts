import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { queueStatusJson } from '../routes/waiting-room/queue-status-schema.ts';

/** An estimate that has changed by less than this part of itself is no news: the reader counts down by itself. */
const ESTIMATE_TOLERANCE = 0.05;
/** A moment that lies further ahead than this was told by another clock, and binds nobody. */
const AHEAD_MAX_MS = 10_000;

/**
 * One Server-Sent Event with the whole status, which names itself by the moment that it is of and by what the fan sees,
 * so that any process can tell a reader who comes back from one who knows it all. The last one of a place is an `end`.
 */
export function statusEvent(status: QueueStatus): string {
  const name = hasEnded(status) ? 'end' : 'status';
  return `event: ${name}\nid: ${eventId(status)}\ndata: ${queueStatusJson(status)}\n\n`;
}

export function hasEnded({ status }: QueueStatus): boolean {
  return status !== 'WAITING' && status !== 'ACTIVE';
}

/** What a reader has seen so far: `status` is null where it is not known or must be told again. */
export type SentStatus = { readonly asOf: Instant; readonly status: QueueStatus | null };

/** What the sender of `Last-Event-ID` knows, who is about to be told `next`. Nothing for an id that is not ours. */
export function sentBefore(lastEventId: string | undefined, next: QueueStatus): SentStatus {
  const [asOf, ...seen] = (lastEventId ?? '').split('.');
  const isSame = seen.join('.') === seenIn(next);
  return { asOf: Number(asOf) || 0, status: isSame ? next : null };
}

/** Whether the sender of `Last-Event-ID` was told that this place has ended: there is nothing more to come. */
export function hasSeenEnd(lastEventId: string | undefined, next: QueueStatus): boolean {
  const [, issuedAt, status] = (lastEventId ?? '').split('.');
  return hasEnded(next) && issuedAt === String(next.issuedAt) && status === next.status;
}

/**
 * Whether the reader sees anything new in `next`. Whoever comes from another process may know more than our snapshot
 * shows: someone who waits is told nothing that is older, so that a position never seems to grow.
 */
export function hasChanged(told: SentStatus, next: QueueStatus): boolean {
  if (next.token !== undefined) return true;
  const isOlder = next.asOf < told.asOf && told.asOf < next.asOf + AHEAD_MAX_MS;
  if (isOlder && next.status === 'WAITING') return false;
  return told.status === null || differs(told.status, next);
}

function differs(a: QueueStatus, b: QueueStatus): boolean {
  return (
    a.status !== b.status ||
    a.room !== b.room ||
    a.position !== b.position ||
    a.parked !== b.parked ||
    a.sessionExpiresAt !== b.sessionExpiresAt ||
    differsByMuch(a.estimatedWaitSeconds, b.estimatedWaitSeconds)
  );
}

function differsByMuch(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a !== b;
  return Math.abs(a - b) > ESTIMATE_TOLERANCE * a;
}

function eventId(status: QueueStatus): string {
  return `${status.asOf}.${seenIn(status)}`;
}

function seenIn(of: QueueStatus): string {
  const { issuedAt, status, room, position, parked, estimatedWaitSeconds, sessionExpiresAt } = of;
  return `${issuedAt}.${status}.${room}.${position}.${parked}.${estimatedWaitSeconds}.${sessionExpiresAt}`;
}
