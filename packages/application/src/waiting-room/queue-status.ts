import {
  type RoomState,
  estimateWaitMs,
  isRestoring,
  pauseReason,
  pollAfterMs,
  roomState,
  waitBeforeOpeningMs,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { type QueueToken, type Ticket, isEnded } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Ports } from '../ports/ports.ts';
import type { PlaceStatus } from '../ports/waiting-room/waiting-room.ts';

/** The answer to a join and to a poll. */
export type QueueStatus = {
  readonly concertId: ConcertId;
  readonly status: QueueToken['status'];
  readonly sequence: number;
  readonly room: RoomState;
  /** The organiser's text, while the room is PAUSED. */
  readonly reason: string | null;
  /** How many seats refunds have returned to sale; null before the first count. */
  readonly seatsReturned: number | null;
  readonly position: number | null;
  readonly parked: boolean;
  readonly estimatedWaitSeconds: number | null;
  readonly pollAfterMs: number | null;
  readonly issuedAt: Instant;
  readonly asOf: Instant;
  readonly sessionExpiresAt: Instant | null;
  /** A new signed ticket, where the fan has none or its session has changed. */
  readonly token?: string;
};

/** `presented` is the ticket of a poll, null for a join. */
export function describeQueueStatus(
  status: PlaceStatus,
  presented: Ticket | null,
  { tokenSigner, random }: Pick<Ports, 'tokenSigner' | 'random'>,
): QueueStatus {
  const { token, room, asOf } = status;
  const waitMs = waitOf(status);
  const state = roomState(room, asOf);
  const sessionExpiresAt = token.status === 'ACTIVE' ? token.sessionExpiresAt : null;
  const needsTicket = presented === null || presented.sessionExpiresAt !== sessionExpiresAt;
  const { concertId, userId, sequence, issuedAt } = token;
  return {
    concertId,
    status: token.status,
    sequence,
    room: state,
    reason: state === 'PAUSED' ? pauseReason(room.config, asOf) : null,
    seatsReturned: room.seatsReturned,
    position: positionOf(status),
    parked: token.status === 'WAITING' && token.parked,
    estimatedWaitSeconds: waitMs === null ? null : Math.ceil(waitMs / 1000),
    pollAfterMs: isEnded(token) ? null : pollAfterMs(pollBase(status, waitMs), random()),
    issuedAt,
    asOf,
    sessionExpiresAt,
    ...(needsTicket && !isEnded(token)
      ? { token: tokenSigner.sign({ concertId, userId, sequence, issuedAt, sessionExpiresAt }) }
      : {}),
  };
}

function positionOf({ token, room, asOf }: PlaceStatus): number | null {
  if (isEnded(token)) return null;
  if (token.status === 'ACTIVE') return 0;
  return isRestoring(room, asOf) ? null : token.position;
}

function waitOf({ token, room, asOf, estimate }: PlaceStatus): number | null {
  if (isEnded(token)) return null;
  if (token.status === 'ACTIVE') return 0;
  if (token.position === null || isRestoring(room, asOf)) return null;
  // Without an estimate, the wait at the rate of the policy.
  return estimate?.medianMs ?? estimateWaitMs(room, Math.max(1, token.position), asOf);
}

/**
 * What `pollAfterMs` is a share of: for an ACTIVE token the rest of its session, otherwise its wait, which before the opening
 * has no estimate.
 */
function pollBase({ token, room, asOf }: PlaceStatus, waitMs: number | null): number | null {
  if (token.status === 'ACTIVE') return token.sessionExpiresAt - asOf;
  if (token.status !== 'WAITING' || token.position === null || roomState(room, asOf) !== 'NOT_OPEN')
    return waitMs;
  return waitBeforeOpeningMs(room, Math.max(1, token.position), asOf);
}
