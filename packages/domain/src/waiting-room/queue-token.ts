import type { ConcertId, UserId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import { invariant } from '../shared/invariant.ts';
import type { QueueTokenNotActive } from '../shared/rejections.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

/** One user's place in one concert's waiting room. */
export type Place = {
  readonly concertId: ConcertId;
  readonly userId: UserId;
  /** Fixes the place: lower is earlier. */
  readonly sequence: number;
};

export type TokenFacts = Place & { readonly issuedAt: Instant };

export type WaitingToken = TokenFacts & {
  readonly status: 'WAITING';
  /** 1 for the next in line, 0 when parked, null while places are being restored. */
  readonly position: number | null;
  /** Admitted once but not seen within the claim window: first in line on return. */
  readonly parked: boolean;
};
export type ActiveToken = TokenFacts & { readonly status: 'ACTIVE'; readonly sessionExpiresAt: Instant };
export type EndReason = 'COMPLETED' | 'LEFT' | 'EXPIRED';
export type EndedToken = TokenFacts & { readonly status: EndReason };
export type QueueToken = WaitingToken | ActiveToken | EndedToken;

/** What the signed ticket says of its bearer; a session's end is in it once the token is ACTIVE. */
export type Ticket = TokenFacts & { readonly sessionExpiresAt: Instant | null };

/** How many sequences an epoch has. */
export const COUNTERS_PER_EPOCH = 2 ** 40;
/** The highest epoch whose sequences a double still holds exactly. */
export const EPOCH_MAX = 2 ** 13 - 1;

export function sequenceOf(epoch: number, counter: number): number {
  invariant(epoch >= 1 && epoch <= EPOCH_MAX, `epoch ${epoch} is out of range`);
  invariant(counter >= 1 && counter < COUNTERS_PER_EPOCH, `counter ${counter} is out of range`);
  return epoch * COUNTERS_PER_EPOCH + counter;
}

export function epochOf(sequence: number): number {
  return Math.floor(sequence / COUNTERS_PER_EPOCH);
}

export function isEnded(token: QueueToken): token is EndedToken {
  return token.status !== 'WAITING' && token.status !== 'ACTIVE';
}

/** Seats are shown to, and held by, those whose token is ACTIVE. */
export function mayEnter(token: QueueToken): Result<ActiveToken, QueueTokenNotActive> {
  if (token.status === 'ACTIVE') return ok(token);
  return refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: token.status });
}
