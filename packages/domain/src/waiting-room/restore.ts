import type { Instant } from '../shared/instant.ts';
import { type Room, isRestoring } from './admission.ts';
import { type CheckedIn, type PlaceState, WAITING, placeAt } from './place.ts';
import { type QueueToken, type Ticket, epochOf } from './queue-token.ts';

/** A ticket from before a loss of Redis whose place, or whose session, the room does not know. */
export function needsRestore(ticket: Ticket, known: QueueToken | null, epoch: number, now: Instant): boolean {
  if (epochOf(ticket.sequence) >= epoch) return false;
  return known === null || (known.status === 'WAITING' && (ticket.sessionExpiresAt ?? 0) > now);
}

/** The place that its user has in the room. */
export type PresentPlace = { readonly sequence: number; readonly state: PlaceState };

/** Of two places of one user the older wins, but no restored place ends a session. */
export function mayRestore({ sequence }: Ticket, present: PresentPlace | null, now: Instant): boolean {
  if (present === null || present.sequence === sequence) return true;
  return sequence < present.sequence && placeAt(present.state, now).kind !== 'ACTIVE';
}

/**
 * The state of a place that was lost with Redis and that the database has not ended. `watermark` is the highest sequence
 * that is known to have been admitted.
 */
export function restore(
  { sequence, sessionExpiresAt }: Ticket,
  room: Pick<Room, 'restoringUntil'> & { readonly watermark: number },
  now: Instant,
): CheckedIn {
  if (sessionExpiresAt !== null) {
    const isOver = sessionExpiresAt <= now;
    return isOver ? { kind: 'ENDED', reason: 'EXPIRED' } : { kind: 'ACTIVE', sessionExpiresAt };
  }
  return isRestoring(room, now) && sequence > room.watermark ? WAITING : { kind: 'RETURNED' };
}
