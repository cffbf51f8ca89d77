import type { Money } from './money.ts';
import type { Instant } from './instant.ts';

/** Every business "no". Each code is documented in docs/rejections.md and has one HTTP status. */
export type Rejection =
  | NotFound
  | ValidationFailed
  | TooManySeats
  | SeatUnavailable
  | EventNotBookable
  | HoldLimitExceeded
  | HoldExpired
  | ReservationNotHeld
  | ExtensionLimitExceeded
  | InsufficientBalance
  | WalletLimitExceeded
  | RoomClosed
  | QueueTokenInvalid
  | QueueTokenNotActive
  | IdempotencyKeyReused
  | IdempotencyInProgress;

export type RejectionCode = Rejection['code'];

/** Points at the member of the request body that is wrong (RFC 6901). */
export type FieldError = { readonly pointer: string; readonly detail: string };

export type ResourceKind = 'concert' | 'event' | 'reservation' | 'payment';
/** Also given for what belongs to another user. */
export type NotFound = { readonly code: 'NOT_FOUND'; readonly what: ResourceKind };

/** The body is well formed but contradicts itself or what it is about, such as a seat the event does not have. */
export type ValidationFailed = {
  readonly code: 'VALIDATION_FAILED';
  readonly errors: readonly FieldError[];
};

export type TooManySeats = { readonly code: 'TOO_MANY_SEATS'; readonly maxSeatsPerReservation: number };

export type SeatUnavailable = {
  readonly code: 'SEAT_UNAVAILABLE';
  readonly unavailableSeats: readonly number[];
};

export type EventNotBookable = {
  readonly code: 'EVENT_NOT_BOOKABLE';
  readonly reservationStartAt: Instant;
  readonly reservationEndAt: Instant;
};

/** The user already has a live hold in this concert. */
export type HoldLimitExceeded = { readonly code: 'HOLD_LIMIT_EXCEEDED' };
export type HoldExpired = { readonly code: 'HOLD_EXPIRED'; readonly holdExpiresAt: Instant };
export type ReservationNotHeld = { readonly code: 'RESERVATION_NOT_HELD'; readonly status: string };
export type ExtensionLimitExceeded = {
  readonly code: 'EXTENSION_LIMIT_EXCEEDED';
  readonly maxExtensions: number;
};

export type InsufficientBalance = {
  readonly code: 'INSUFFICIENT_BALANCE';
  readonly balance: Money;
  readonly amount: Money;
};
export type WalletLimitExceeded = { readonly code: 'WALLET_LIMIT_EXCEEDED'; readonly balanceMax: Money };

/** Every date of the concert has closed: there is nothing left to wait for. */
export type RoomClosed = { readonly code: 'ROOM_CLOSED' };
/** Not signed by us, or for another user or concert. */
export type QueueTokenInvalid = { readonly code: 'QUEUE_TOKEN_INVALID' };
export type QueueTokenNotActive = { readonly code: 'QUEUE_TOKEN_NOT_ACTIVE'; readonly status: string };

/** The key came before, with another body. */
export type IdempotencyKeyReused = { readonly code: 'IDEMPOTENCY_KEY_REUSED' };
/** The first request with this key has not ended within the wait. */
export type IdempotencyInProgress = { readonly code: 'IDEMPOTENCY_IN_PROGRESS' };

export function notFound(what: ResourceKind): NotFound {
  return { code: 'NOT_FOUND', what };
}
