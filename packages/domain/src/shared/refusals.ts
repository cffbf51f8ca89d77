import type { AccessibleSeatsOnly, CompanionSeatsExceeded } from '../halls/accessible-seats.ts';
import type { NoMatchingSeats } from '../halls/best-available.ts';
import type { OrphanSeats } from '../halls/orphan-seats.ts';
import type { EventId, ReservationId } from './ids.ts';
import type { Money } from './money.ts';
import type { Instant } from './instant.ts';

/** Every refusal. Each code has one HTTP status and a row in docs/refusals.md. */
export type Refusal =
  | NotFound
  | ValidationFailed
  | TooManySeats
  | SeatUnavailable
  | NoMatchingSeats
  | OrphanSeats
  | AccessibleSeatsOnly
  | CompanionSeatsExceeded
  | EventNotBookable
  | SalesStopped
  | EventCancelled
  | EventStarted
  | HoldLimitExceeded
  | SeatLimitExceeded
  | HoldsCoolingDown
  | HoldExpired
  | ReservationNotHeld
  | ReservationNotConfirmed
  | RefundClosed
  | SeatAlreadyRefunded
  | SeatCheckedIn
  | TicketInvalid
  | WrongEvent
  | TicketRefunded
  | AlreadyCheckedIn
  | ExtensionLimitExceeded
  | InsufficientBalance
  | WalletLimitExceeded
  | RoomClosed
  | SaleCodeRequired
  | SaleCodeInvalid
  | SaleCodeExhausted
  | PreconditionFailed
  | HasReservations
  | QueueTokenInvalid
  | QueueTokenNotActive
  | IdempotencyKeyReused
  | IdempotencyInProgress
  | WebhookEndpointLimit
  | WebhooksNotConfigured;

export type RefusalCode = Refusal['code'];

/** Names an invalid member of the request body by its JSON pointer (RFC 6901). */
export type FieldError = { readonly pointer: string; readonly detail: string };

export type ResourceKind =
  | 'concert'
  | 'event'
  | 'layout'
  | 'layout template'
  | 'category'
  | 'cancellation'
  | 'reservation'
  | 'payment'
  | 'sale code'
  | 'webhook endpoint'
  | 'webhook message';
/** Also refuses a resource that belongs to another user. */
export type NotFound = { readonly code: 'NOT_FOUND'; readonly what: ResourceKind };

/** The body is well formed but contradicts itself or the data, as with a seat that the event does not have. */
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

/** The organiser has cancelled the date; its reservations are refunded. `reason` is the text for fans. */
export type EventCancelled = { readonly code: 'EVENT_CANCELLED'; readonly reason: string | null };
/** The date has begun, so its seats can no longer be given away. */
export type EventStarted = { readonly code: 'EVENT_STARTED'; readonly startsAt: Instant };
/** The organiser has stopped the sales of the date or of its concert. `reason` is the text for fans. */
export type SalesStopped = { readonly code: 'SALES_STOPPED'; readonly reason: string | null };

/** The user already has a live hold in this concert: the reservation. */
export type HoldLimitExceeded = {
  readonly code: 'HOLD_LIMIT_EXCEEDED';
  readonly reservationId: ReservationId;
};
/** The user would have more seats in this concert than its policy allows. */
export type SeatLimitExceeded = {
  readonly code: 'SEAT_LIMIT_EXCEEDED';
  readonly seatsPerUserMax: number;
  readonly seatsBought: number;
};
/** The user has begun too many holds in this concert and left them unpaid. */
export type HoldsCoolingDown = {
  readonly code: 'HOLDS_COOLING_DOWN';
  /** When the next hold may begin. */
  readonly coolsDownAt: Instant;
  readonly retryAfterMs: number;
};
export type HoldExpired = { readonly code: 'HOLD_EXPIRED'; readonly holdExpiresAt: Instant };
export type ReservationNotHeld = {
  readonly code: 'RESERVATION_NOT_HELD';
  readonly status: 'EXPIRED' | 'CONFIRMED' | 'CANCELLED' | 'REFUNDED';
};
/** Only what is paid for, and not refunded as a whole, can be refunded. */
export type ReservationNotConfirmed = {
  readonly code: 'RESERVATION_NOT_CONFIRMED';
  readonly status: 'HELD' | 'EXPIRED' | 'CANCELLED' | 'REFUNDED';
};
/** The time in which fans may ask for a refund is over. */
export type RefundClosed = { readonly code: 'REFUND_CLOSED'; readonly refundUntil: Instant };
export type SeatAlreadyRefunded = {
  readonly code: 'SEAT_ALREADY_REFUNDED';
  /** Those of the requested seats that are refunded. */
  readonly refundedSeats: readonly number[];
};
/** The fan has entered with a seat; only staff may refund it. */
export type SeatCheckedIn = {
  readonly code: 'SEAT_CHECKED_IN';
  /** Those of the requested seats that are checked in. */
  readonly checkedInSeats: readonly number[];
};

/** The code is not one of an entry ticket of this installation. */
export type TicketInvalid = { readonly code: 'TICKET_INVALID' };
/** The entry ticket is for another date. */
export type WrongEvent = { readonly code: 'WRONG_EVENT'; readonly eventId: EventId };
export type TicketRefunded = { readonly code: 'TICKET_REFUNDED' };
export type AlreadyCheckedIn = {
  readonly code: 'ALREADY_CHECKED_IN';
  readonly checkedInAt: Instant;
  readonly gate: string | null;
};

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

/** The resource has another version than the caller has read. */
export type PreconditionFailed = { readonly code: 'PRECONDITION_FAILED'; readonly version: number };
/** Seats of the concert or event have been held or sold. */
export type HasReservations = { readonly code: 'HAS_RESERVATIONS' };

/** Every event of the concert has ended selling. */
export type RoomClosed = { readonly code: 'ROOM_CLOSED' };
/** Before the public start, a fan joins only with a sale code. */
export type SaleCodeRequired = { readonly code: 'SALE_CODE_REQUIRED'; readonly publicStartAt: Instant };
/** The text is no sale code of the concert, or the code is revoked, not valid yet, or not valid any more. */
export type SaleCodeInvalid = { readonly code: 'SALE_CODE_INVALID' };
/** The sale code has let in as many users as it may. */
export type SaleCodeExhausted = { readonly code: 'SALE_CODE_EXHAUSTED' };
/** The ticket is forged, or belongs to another user or concert. */
export type QueueTokenInvalid = { readonly code: 'QUEUE_TOKEN_INVALID' };
export type QueueTokenNotActive = {
  readonly code: 'QUEUE_TOKEN_NOT_ACTIVE';
  readonly status: 'WAITING' | 'COMPLETED' | 'LEFT' | 'EXPIRED';
};

/** An earlier request with the same key had another body. */
export type IdempotencyKeyReused = { readonly code: 'IDEMPOTENCY_KEY_REUSED' };
/** The first request with the same key has not ended within 2 s. */
export type IdempotencyInProgress = { readonly code: 'IDEMPOTENCY_IN_PROGRESS' };

/** The installation has as many webhook endpoints as it may have. */
export type WebhookEndpointLimit = { readonly code: 'WEBHOOK_ENDPOINT_LIMIT'; readonly endpointsMax: number };
/** The operator has set no key to encrypt the secrets of webhook endpoints with. */
export type WebhooksNotConfigured = { readonly code: 'WEBHOOKS_NOT_CONFIGURED' };

export function notFound(what: ResourceKind): NotFound {
  return { code: 'NOT_FOUND', what };
}
