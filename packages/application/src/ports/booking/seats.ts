import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Sales } from '@frontrow/domain/catalog/sales.ts';
import type { EventOnSale } from '@frontrow/domain/booking/hold-rules.ts';
import type { EventId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/refusals.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Seat } from '@frontrow/domain/booking/seat.ts';
import type { SeatLetters } from '@frontrow/domain/booking/seat-states.ts';
import type { IdempotentRequest } from '../shared/idempotency.ts';
import type { LockMode } from '../shared/lock-mode.ts';
import type { QueueEnd } from '../waiting-room/queue-ends.ts';

/** The seats of a reservation. Every later write requires the reservation's id in the row of the seat. */
export type SeatClaim = {
  readonly eventId: EventId;
  readonly seatNumbers: readonly number[];
  readonly reservationId: ReservationId;
};
/** `seatNumbers` are ascending, distinct, and numbers that the event has. */
export type HoldRequest = SeatClaim & { readonly ttlMs: number };
export type HeldSeats = {
  readonly totalAmount: Money;
  readonly heldAt: Instant;
  readonly holdExpiresAt: Instant;
};

/** The seats of an event, and which of the asking places have ended, all as of one moment. */
export type SeatListing = {
  /** All seats of the event by number, as of the database's clock. Empty for an unknown event. */
  readonly seats: readonly Seat[];
  /** Of the layout of the event; null for an unknown event. */
  readonly event: Pick<ConcertEvent, 'layoutVersion' | 'price'> | null;
  /** Of the date and its concert; running for an unknown event. */
  readonly sales: Sales;
  /** The ended ones of the given places, in any order. */
  readonly ended: readonly QueueEnd[];
  /** The database's clock at the read; null for an unknown event. */
  readonly asOf: Instant | null;
};

/** The states of an event's seats, and which of the asking places have ended, all as of one moment. */
export type SeatStates = {
  /** Lapsed holds are AVAILABLE. */
  readonly letters: SeatLetters;
  readonly event: ConcertEvent;
  /** Of the date and its concert. */
  readonly sales: Sales;
  /** The ended ones of the given places, in any order. */
  readonly ended: readonly QueueEnd[];
  /** The database's clock at the read. */
  readonly asOf: Instant;
};

export type SeatRequest = {
  readonly userId: UserId;
  readonly seatNumbers: readonly number[];
  readonly ticket: Place;
  readonly request: IdempotentRequest;
};

/** What requests for seats of one event would find, all as of one moment. */
export type SeatAvailability = {
  readonly onSale: EventOnSale | null;
  /** The numbers of the requested seats that are held or sold. */
  readonly taken: ReadonlySet<number>;
  /** The live holds of the requesting users in the concert of the event. */
  readonly liveHolds: ReadonlyMap<UserId, ReservationId>;
  /** The ended ones of the tickets' places, in any order. */
  readonly ended: readonly QueueEnd[];
  /** Whether one of the requests that were read has a stored answer. */
  readonly hasAnswered: (request: IdempotentRequest) => boolean;
};

/** A number of seats, as of the database's clock. */
export type SeatCount = {
  readonly count: number;
  /** By the indexes of the categories of the present layout; without those that have no seat. */
  readonly byCategory: ReadonlyMap<number, number>;
  readonly asOf: Instant;
};

/** Reads seats from the database, never from a cache. */
export type SeatReads = {
  findAvailability(eventId: EventId, requests: readonly SeatRequest[]): Promise<SeatAvailability>;
  /** All `places` must be of the event's concert. */
  list(eventId: EventId, places: readonly Place[]): Promise<SeatListing>;
  /**
   * Of 50,000 seats, a process reads the states in a fiftieth of the CPU time of `list`. All `places` must be of the
   * event's concert. Null for an unknown event.
   */
  readStates(eventId: EventId, places: readonly Place[]): Promise<SeatStates | null>;
  /** The same, without places, for a date of any visibility. */
  readStatesForStaff(eventId: EventId): Promise<SeatStates | null>;
  /** The seats of each event that are AVAILABLE or whose hold has lapsed. An unknown event has no entry. */
  countAvailable(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, SeatCount>>;
};

/** An event on sale, and the holds of some users in its concert that are stored as HELD. */
export type HoldContexts = {
  /** Null for an unknown event. */
  readonly onSale: EventOnSale | null;
  readonly liveHolds: ReadonlyMap<UserId, ReservationId>;
  readonly lapsedHolds: ReadonlyMap<UserId, ReservationId>;
};

/** Seats inside a transaction. Every call locks rows in ascending order of their numbers. */
export type Seats = {
  findHoldContext(eventId: EventId, userIds: readonly UserId[]): Promise<HoldContexts>;
  /** The numbers of the seats that are held, sold or blocked, in any order. Locks nothing, and reads what is committed. */
  findUnavailable(eventId: EventId): Promise<readonly number[]>;
  /**
   * Decides requests for one event in their order: each gets all its seats or none. A seat is free when AVAILABLE, or
   * HELD with an expiry that has passed by the database's clock, read after the row is locked, and no request before has
   * got it. `holdExpiresAt` is `ttlMs` after that clock. Null, in the mode SKIP, for a request with a seat that
   * another transaction has locked.
   */
  hold(
    requests: readonly HoldRequest[],
    mode: LockMode,
  ): Promise<readonly (Result<HeldSeats, SeatUnavailable> | null)[]>;
  /** Locks the rows of the claim until the transaction ends. */
  lock(claim: SeatClaim): Promise<void>;
  /** HELD to SOLD. Returns how many rows it changed: fewer than the claims name breaks an invariant. */
  sell(claims: readonly SeatClaim[]): Promise<number>;
  /** SOLD to AVAILABLE, at the same price. Returns how many rows it changed: fewer breaks an invariant. */
  returnToSale(claims: readonly SeatClaim[]): Promise<number>;
  /** Sets the expiry of the claims' held rows. Returns how many. */
  extend(claims: readonly SeatClaim[], holdExpiresAt: Instant): Promise<number>;
  /** The sum of the prices of the claim's held rows. */
  sumPrices(claim: SeatClaim): Promise<Money>;
  /** Locks every seat of the event until the transaction ends. Returns the numbers of those with a live hold or a sale. */
  lockTaken(eventId: EventId): Promise<readonly number[]>;
  /** HELD to AVAILABLE, where the reservation still holds the row. Returns how many. */
  release(claim: SeatClaim): Promise<number>;
};
