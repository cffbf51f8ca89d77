import type { ConcertId, UserId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import { invariant } from '../shared/invariant.ts';
import { TICKET_TTL_MS } from '../shared/limits.ts';
import type { QueueTokenNotActive } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

/** One user's place in one concert's waiting room. */
export type Place = {
  readonly concertId: ConcertId;
  readonly userId: UserId;
  /** Lower is earlier. */
  readonly sequence: number;
};

export type TokenFacts = Place & { readonly issuedAt: Instant };

export type WaitingToken = TokenFacts & {
  readonly status: 'WAITING';
  /** 1 for the next place in the line, 0 for a parked place, null while places are restored. */
  readonly position: number | null;
  /** The place missed its claim window; it is admitted before the line after a check-in. */
  readonly parked: boolean;
};
export type ActiveToken = TokenFacts & { readonly status: 'ACTIVE'; readonly sessionExpiresAt: Instant };
export type EndReason = 'COMPLETED' | 'LEFT' | 'EXPIRED';
export type EndedToken = TokenFacts & { readonly status: EndReason };
export type QueueToken = WaitingToken | ActiveToken | EndedToken;

/** What a fan carries, signed. `sessionExpiresAt` is null before the token is ACTIVE. */
export type Ticket = TokenFacts & { readonly sessionExpiresAt: Instant | null };

/** How many sequences an epoch has. */
export const COUNTERS_PER_EPOCH = 2 ** 40;
/** The highest epoch whose sequences are safe integers. */
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

/** Whether the ticket is too old to restore its place after a loss of Redis. A place that the room has stays valid at any age. */
export function isTicketOver({ issuedAt, sessionExpiresAt }: Ticket, now: Instant): boolean {
  return now >= Math.max(issuedAt + TICKET_TTL_MS, sessionExpiresAt ?? 0);
}

/** Only an ACTIVE token lists and holds seats. */
export function mayEnter(token: QueueToken): Result<ActiveToken, QueueTokenNotActive> {
  if (token.status === 'ACTIVE') return ok(token);
  return refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: token.status });
}
