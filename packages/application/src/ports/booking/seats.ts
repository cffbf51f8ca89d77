import type { EventOnSale } from '@frontrow/domain/booking/hold-rules.ts';
import type { EventId, ReservationId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/rejections.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Seat } from '@frontrow/domain/booking/seat.ts';
import type { QueueEnd } from '../waiting-room/queue-ends.ts';

export type HoldRequest = {
  readonly eventId: EventId;
  /** Ascending, distinct, and numbers that the event has. */
  readonly seatNumbers: readonly number[];
  readonly reservationId: ReservationId;
  readonly ttlMs: number;
};
export type HeldSeats = {
  readonly totalAmount: Money;
  readonly heldAt: Instant;
  readonly holdExpiresAt: Instant;
};

/** The seats that a reservation claims: its id on the row is the version that every later write depends on. */
export type SeatClaim = {
  readonly eventId: EventId;
  readonly seatNumbers: readonly number[];
  readonly reservationId: ReservationId;
};

/** The seats of a date, and which of those who asked may not see them any more, all as of one moment. */
export type SeatListing = {
  /** All seats of the date by number, each as of the database's clock. Empty for an unknown event. */
  readonly seats: readonly Seat[];
  /** Those of the places that have ended for good, in any order. */
  readonly ended: readonly QueueEnd[];
};

/** Seats for reading: never from a cache. */
export type SeatReads = {
  /** `places` are of the concert that the date belongs to. */
  list(eventId: EventId, places: readonly Place[]): Promise<SeatListing>;
};

/** Seats inside a transaction. Rows are locked in ascending order of their numbers. */
export type Seats = {
  findEventOnSale(eventId: EventId): Promise<EventOnSale | null>;
  /**
   * Holds all the seats or none. A seat is free when AVAILABLE, or HELD with an expiry that has passed by the
   * database's clock, read after the row is locked. `holdExpiresAt` is `ttlMs` after that clock.
   */
  hold(request: HoldRequest): Promise<Result<HeldSeats, SeatUnavailable>>;
  /** Locks the claim's rows, so that nothing else decides on them until the transaction ends. */
  lock(claim: SeatClaim): Promise<void>;
  /** HELD to SOLD. Answers how many rows of the claim it changed: fewer than asked is a broken invariant. */
  sell(claim: SeatClaim): Promise<number>;
  /** Moves the expiry of the claim's held rows; answers how many. */
  extend(claim: SeatClaim, holdExpiresAt: Instant): Promise<number>;
  /** HELD to AVAILABLE, only where the claim still owns the row; answers how many. */
  release(claim: SeatClaim): Promise<number>;
};
