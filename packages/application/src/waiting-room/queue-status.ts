import {
  type RoomState,
  estimateWaitMs,
  isRestoring,
  pollAfterMs,
  roomState,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { type QueueToken, type Ticket, isEnded } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Ports } from '../ports/ports.ts';
import type { PlaceStatus } from '../ports/waiting-room/waiting-room.ts';

/** What a fan is told of the own place. */
export type QueueStatus = {
  readonly concertId: ConcertId;
  readonly status: QueueToken['status'];
  readonly room: RoomState;
  readonly position: number | null;
  readonly parked: boolean;
  readonly estimatedWaitSeconds: number | null;
  readonly pollAfterMs: number | null;
  readonly issuedAt: Instant;
  readonly asOf: Instant;
  readonly sessionExpiresAt: Instant | null;
  /** The ticket, when it was signed anew. */
  readonly token?: string;
};

/** `presented` is the ticket that the fan already has, if any. */
export function describeQueueStatus(
  standing: PlaceStatus,
  presented: Ticket | null,
  { tokenSigner, random }: Pick<Ports, 'tokenSigner' | 'random'>,
): QueueStatus {
  const { token, room, asOf } = standing;
  const waitMs = waitOf(standing);
  const sessionExpiresAt = token.status === 'ACTIVE' ? token.sessionExpiresAt : null;
  const isNews = presented === null || presented.sessionExpiresAt !== sessionExpiresAt;
  const { concertId, userId, sequence, issuedAt } = token;
  return {
    concertId,
    status: token.status,
    room: roomState(room, asOf),
    position: positionOf(standing),
    parked: token.status === 'WAITING' && token.parked,
    estimatedWaitSeconds: waitMs === null ? null : Math.ceil(waitMs / 1000),
    pollAfterMs: isEnded(token) ? null : pollAfterMs(pollBase(token, waitMs, asOf), random()),
    issuedAt,
    asOf,
    sessionExpiresAt,
    ...(isNews && !isEnded(token)
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
  // There is an estimate only while the room admits; without one goes what the policy promises.
  return estimate?.medianMs ?? estimateWaitMs(room, Math.max(1, token.position), asOf);
}

/** An active fan need not ask often: the page that books tells it when the session ends. */
function pollBase(token: QueueToken, waitMs: number | null, asOf: Instant): number | null {
  return token.status === 'ACTIVE' ? token.sessionExpiresAt - asOf : waitMs;
}
