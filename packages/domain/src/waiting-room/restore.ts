import type { Instant } from '../shared/instant.ts';
import { type Room, isRestoring } from './admission.ts';
import { type CheckedIn, type Ended, type PlaceState, WAITING, placeAt } from './place.ts';
import { type QueueToken, type Ticket, epochOf, isTicketOver } from './queue-token.ts';

const RETURNED: CheckedIn = { kind: 'RETURNED' };
const EXPIRED: Ended = { kind: 'ENDED', reason: 'EXPIRED' };

/** A ticket from before a loss of Redis whose place, or whose session, the room does not know. */
export function needsRestore(ticket: Ticket, known: QueueToken | null, epoch: number, now: Instant): boolean {
  if (epochOf(ticket.sequence) >= epoch || isTicketOver(ticket, now)) return false;
  return known === null || (known.status === 'WAITING' && (ticket.sessionExpiresAt ?? 0) > now);
}

/** The place that its user has in the room. */
export type PresentPlace = { readonly sequence: number; readonly state: PlaceState };

/**
 * Of two places of one user the older wins, but no restored place ends a session. The place that loses is EXPIRED for
 * good, so that a later loss of Redis does not bring it back.
 */
export function mayRestore({ sequence }: Ticket, present: PresentPlace | null, now: Instant): boolean {
  if (present === null || present.sequence === sequence) return true;
  return sequence < present.sequence && placeAt(present.state, now, null).kind !== 'ACTIVE';
}

/**
 * The state of a place that was lost with Redis and that the database has not ended. `watermarkAtLoss` is the highest
 * sequence that is known to have been admitted before the loss; later admissions do not raise it, and so end no lost place.
 * After the grace, a place that was admitted before the loss is over, because its ticket does not show its session.
 * `parkRetentionMs` later every lost place without a session is over.
 */
export function restore(
  { sequence, sessionExpiresAt }: Ticket,
  room: Pick<Room, 'restoringUntil' | 'config'> & { readonly watermarkAtLoss: number },
  now: Instant,
): CheckedIn {
  if (sessionExpiresAt !== null)
    return sessionExpiresAt <= now ? EXPIRED : { kind: 'ACTIVE', sessionExpiresAt };
  const wasAdmitted = sequence <= room.watermarkAtLoss;
  if (isRestoring(room, now)) return wasAdmitted ? RETURNED : WAITING;
  const { parkRetentionMs } = room.config.admission;
  const isOpen = room.restoringUntil !== null && now < room.restoringUntil + parkRetentionMs;
  return isOpen && !wasAdmitted ? RETURNED : EXPIRED;
}
