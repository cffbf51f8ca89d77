import type { EventOnSale } from '@frontrow/domain/booking/hold-rules.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
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
  /** Of the seats that were asked about, by number: those that are held or sold. */
  readonly taken: ReadonlySet<number>;
  /** Whether this request was answered before, of those that were asked about. */
  readonly hasAnswered: (request: IdempotentRequest) => boolean;
};

export type HoldAttempt<T, E> = {
  /** The refusal that nothing can avert if `news` is true, or null. */
  readonly refusalBy: (news: SeatAvailability) => E | null;
  /** Holds the seats, or learns why not. */
  readonly attempt: () => Promise<Result<T, E>>;
};

/** Keeps those who will lose away from the database. Nothing depends on it: every guarantee stands in the rows. */
export type SeatLock = {
  /**
   * Runs the attempt and answers its result, by the strategy's own order among those who want the same seats. Where the
   * strategy knows better than to try, it answers the refusal by news from the database that is younger than this call;
   * never to a request that the database has answered before.
   */
  hold<T, E extends { readonly code: string }>(
    wish: SeatRequest,
    work: HoldAttempt<T, E>,
  ): Promise<Result<T, E>>;
};
