import { hash } from 'node:crypto';
import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { queueStatusJson } from '../routes/waiting-room/queue-status-schema.ts';

/** The share by which an estimate changes before it is sent again: clients count the wait down themselves. */
const ESTIMATE_TOLERANCE = 0.05;
/** A `Last-Event-ID` further ahead than this comes from another clock and is ignored. */
const AHEAD_MAX_MS = 10_000;
const REASON_DIGEST_LENGTH = 8;

/**
 * Formats a Server-Sent Event with the whole status. Its id holds `asOf` and every member that the fan sees, so that any
 * process can decide from a `Last-Event-ID` what the client has seen. The last event of a place is an `end`.
 */
export function statusEvent(status: QueueStatus): string {
  const name = hasEnded(status) ? 'end' : 'status';
  return `event: ${name}\nid: ${eventId(status)}\ndata: ${queueStatusJson(status)}\n\n`;
}

export function hasEnded({ status }: QueueStatus): boolean {
  return status !== 'WAITING' && status !== 'ACTIVE';
}

/** The newest status that a client has received; `status` is null where it is unknown or must be sent again. */
export type SentStatus = { readonly asOf: Instant; readonly status: QueueStatus | null };

/** Reads from a `Last-Event-ID` what the client has received, given the `next` status; nothing from a foreign id. */
export function sentBefore(lastEventId: string | undefined, next: QueueStatus): SentStatus {
  const [asOf, ...seen] = (lastEventId ?? '').split('.');
  const isSame = seen.join('.') === visibleIn(next);
  return { asOf: Number(asOf) || 0, status: isSame ? next : null };
}

/** Whether the client with this `Last-Event-ID` has received the end of this place. */
export function hasSeenEnd(lastEventId: string | undefined, next: QueueStatus): boolean {
  const [, issuedAt, status] = (lastEventId ?? '').split('.');
  return hasEnded(next) && issuedAt === String(next.issuedAt) && status === next.status;
}

/**
 * Whether `next` has something to send. A client that comes from another process may have received a newer status than
 * the snapshot of this one: a WAITING client gets nothing older, so that its position never grows.
 */
export function hasChanged(sent: SentStatus, next: QueueStatus): boolean {
  if (next.token !== undefined) return true;
  const isOlder = next.asOf < sent.asOf && sent.asOf < next.asOf + AHEAD_MAX_MS;
  if (isOlder && next.status === 'WAITING') return false;
  return sent.status === null || differs(sent.status, next);
}

function differs(a: QueueStatus, b: QueueStatus): boolean {
  return (
    a.status !== b.status ||
    a.room !== b.room ||
    a.reason !== b.reason ||
    a.seatsReturned !== b.seatsReturned ||
    a.position !== b.position ||
    a.parked !== b.parked ||
    a.sessionExpiresAt !== b.sessionExpiresAt ||
    estimateDiffers(a.estimatedWaitSeconds, b.estimatedWaitSeconds)
  );
}

function estimateDiffers(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a !== b;
  return Math.abs(a - b) > ESTIMATE_TOLERANCE * a;
}

function eventId(status: QueueStatus): string {
  return `${status.asOf}.${visibleIn(status)}`;
}

function visibleIn(of: QueueStatus): string {
  const { issuedAt, status, room, seatsReturned, position, parked, sessionExpiresAt, reason } = of;
  // A digest, because an id has a line of ASCII, and a reason any text.
  const shown = reason === null ? '' : hash('sha256', reason, 'base64url').slice(0, REASON_DIGEST_LENGTH);
  const place = `${position}.${parked}.${of.estimatedWaitSeconds}.${sessionExpiresAt}`;
  return `${issuedAt}.${status}.${room}.${seatsReturned}.${place}.${shown}`;
}
