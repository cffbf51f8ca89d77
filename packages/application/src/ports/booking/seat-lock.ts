import type { EventOnSale } from '@frontrow/domain/booking/hold-rules.ts';
import type { EventId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { IdempotentRequest } from '../shared/idempotency.ts';

export type SeatRequest = {
  readonly eventId: EventId;
  readonly seatNumbers: readonly number[];
  readonly request: IdempotentRequest;
};

/** What a hold would find, all as of one moment. */
export type SeatAvailability = {
  readonly onSale: EventOnSale | null;
  /** The numbers of the requested seats that are held or sold. */
  readonly taken: ReadonlySet<number>;
  /** The live holds of the requesting users in the concert of the event. */
  readonly liveHolds: ReadonlyMap<UserId, ReservationId>;
  /** Whether one of the requests that were read has a stored answer. */
  readonly hasAnswered: (request: IdempotentRequest) => boolean;
};

export type HoldAttempt<T, E> = {
  /** The refusal that `availability` makes certain, or null. */
  readonly refusalBy: (availability: SeatAvailability) => E | null;
  readonly attempt: () => Promise<Result<T, E>>;
};

/** Keeps contended requests away from the database. No guarantee depends on it: the rows enforce every guarantee. */
export type SeatLock = {
  /**
   * Runs the attempt and returns its result. A strategy may order the attempts for the same seats. It may also refuse
   * without an attempt, by an availability that was read after this call began, but never a request with a stored
   * answer.
   */
  hold<T, E extends { readonly code: string }>(
    seatRequest: SeatRequest,
    work: HoldAttempt<T, E>,
  ): Promise<Result<T, E>>;
};
