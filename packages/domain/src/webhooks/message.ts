import type {
  CancelledReservation,
  ConfirmedReservation,
  ExpiredReservation,
  Reservation,
} from '../booking/reservation.ts';
import type { ConcertEvent } from '../catalog/concert.ts';
import type { SeatPlace } from '../halls/layout.ts';
import type { FailedPayment, PaymentFailureCode } from '../payments/failed-payment.ts';
import type { Payment } from '../payments/payment.ts';
import type { Refund } from '../payments/refund.ts';
import type {
  ConcertId,
  EventId,
  PaymentId,
  ReservationId,
  UserId,
  WebhookEndpointId,
} from '../shared/ids.ts';
import { type Instant, formatInstant } from '../shared/instant.ts';
import { CURRENCY, type Money } from '../shared/money.ts';
import { type EventFacts, changedFacts } from './event-facts.ts';

/** The event types that an endpoint may ask for, in the form of Standard Webhooks 1.0.0. */
export const WEBHOOK_EVENT_TYPES = [
  'reservation.held',
  'reservation.expired',
  'reservation.cancelled',
  'payment.completed',
  'payment.failed',
  'reservation.refunded',
  'event.changed',
  'event.cancelled',
  'room.sold_out',
] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];

/** Sent to one endpoint on request, whatever types it asks for. */
export const WEBHOOK_TEST_TYPE = 'webhook.test';

/** A seat of a date with a layout: its place, and the key of its category. */
export type MessageSeat = SeatPlace & { readonly number: number; readonly category: string };

/** Null in a new fact, and in every message about a date without a layout. */
type MessageSeats = readonly MessageSeat[] | null;

/** Ids and amounts of a reservation: what its organiser may see. */
export type ReservationData = {
  readonly reservationId: ReservationId;
  readonly concertId: ConcertId;
  readonly eventId: EventId;
  readonly userId: UserId;
  readonly seatNumbers: readonly number[];
  readonly seats: MessageSeats;
  readonly totalAmount: Money;
  readonly currency: string;
};

/** Ids and amounts of one refund. */
export type RefundData = {
  readonly refundId: string;
  readonly reservationId: ReservationId;
  readonly paymentId: PaymentId;
  readonly concertId: ConcertId;
  readonly eventId: EventId;
  readonly userId: UserId;
  /** The seats of this refund. */
  readonly seatNumbers: readonly number[];
  readonly seats: MessageSeats;
  readonly amount: Money;
  readonly currency: string;
};

type EventIds = { readonly eventId: EventId; readonly concertId: ConcertId };

/** The `data` of each type. */
export type WebhookData = {
  'reservation.held': ReservationData & { readonly holdExpiresAt: string };
  'reservation.expired': ReservationData;
  'reservation.cancelled': ReservationData;
  'payment.completed': ReservationData & {
    readonly paymentId: PaymentId;
    /** Whether staff have given the seats for nothing. */
    readonly complimentary: boolean;
  };
  'payment.failed': ReservationData & {
    readonly paymentId: PaymentId;
    readonly failureCode: PaymentFailureCode;
  };
  'reservation.refunded': RefundData;
  'event.changed': EventIds & { readonly changes: Partial<EventFacts> };
  'event.cancelled': EventIds & { readonly reason: string | null };
  'room.sold_out': { readonly concertId: ConcertId; readonly asOf: string };
  'webhook.test': { readonly endpointId: WebhookEndpointId };
};
export type WebhookMessageType = keyof WebhookData;

/** Something that happened, in the form that endpoints receive. */
export type WebhookFact = {
  [Type in WebhookMessageType]: {
    readonly type: Type;
    /** What the message is about. An endpoint receives the messages of one subject in their order. */
    readonly subjectId: string;
    readonly occurredAt: Instant;
    readonly data: WebhookData[Type];
  };
}[WebhookMessageType];

/** A fact in the form in which it is stored and sent. */
export type WebhookMessage = Pick<WebhookFact, 'type' | 'subjectId' | 'occurredAt'> & {
  /** Receivers recognise a repeat by it. */
  readonly id: string;
  /** The body of every request that delivers the message, as JSON. */
  readonly body: string;
  /** The only endpoint that receives it; null for every endpoint that asks for the type. */
  readonly endpointId: WebhookEndpointId | null;
};

export function reservationHeld(held: Reservation): WebhookFact {
  const data = { ...reservationData(held), holdExpiresAt: formatInstant(held.holdExpiresAt) };
  return { type: 'reservation.held', subjectId: held.id, occurredAt: held.createdAt, data };
}

export function reservationExpired(expired: Reservation): WebhookFact {
  return {
    type: 'reservation.expired',
    subjectId: expired.id,
    occurredAt: expired.holdExpiresAt,
    data: reservationData(expired),
  };
}

export function reservationCancelled(cancelled: Reservation, occurredAt: Instant): WebhookFact {
  return {
    type: 'reservation.cancelled',
    subjectId: cancelled.id,
    occurredAt,
    data: reservationData(cancelled),
  };
}

/** What ended a hold that was HELD until now: its cancellation at `endedAt`, or its time before that. */
export function holdEnded(over: CancelledReservation | ExpiredReservation, endedAt: Instant): WebhookFact {
  return over.status === 'EXPIRED' ? reservationExpired(over) : reservationCancelled(over, endedAt);
}

export function paymentCompleted(
  { id: paymentId, paidAt }: Payment,
  confirmed: ConfirmedReservation,
): WebhookFact {
  return {
    type: 'payment.completed',
    subjectId: confirmed.id,
    occurredAt: paidAt,
    data: { ...reservationData(confirmed), paymentId, complimentary: confirmed.complimentary },
  };
}

export function paymentFailed(
  { id: paymentId, failureCode, failedAt }: FailedPayment,
  reservation: Reservation,
): WebhookFact {
  return {
    type: 'payment.failed',
    subjectId: reservation.id,
    occurredAt: failedAt,
    data: { ...reservationData(reservation), paymentId, failureCode },
  };
}

export function reservationRefunded(refund: Refund): WebhookFact {
  const { id: refundId, reservationId, paymentId, concertId, eventId, userId, seatNumbers, amount } = refund;
  const ids = { refundId, reservationId, paymentId, concertId, eventId, userId };
  return {
    type: 'reservation.refunded',
    subjectId: reservationId,
    occurredAt: refund.refundedAt,
    data: { ...ids, seatNumbers, seats: null, amount, currency: CURRENCY },
  };
}

/** Nothing where no fact has another value. */
export function eventChanged(
  before: ConcertEvent,
  after: ConcertEvent,
  occurredAt: Instant,
): readonly WebhookFact[] {
  const { id: eventId, concertId } = after;
  const changes = changedFacts(before, after);
  if (Object.keys(changes).length === 0) return [];
  return [{ type: 'event.changed', subjectId: eventId, occurredAt, data: { eventId, concertId, changes } }];
}

export function eventCancelled(
  { id: eventId, concertId, sales: { reason } }: ConcertEvent,
  occurredAt: Instant,
): WebhookFact {
  return { type: 'event.cancelled', subjectId: eventId, occurredAt, data: { eventId, concertId, reason } };
}

/** No seat of a bookable date of the concert was left at `asOf`. */
export function roomSoldOut(concertId: ConcertId, asOf: Instant): WebhookFact {
  const data = { concertId, asOf: formatInstant(asOf) };
  return { type: 'room.sold_out', subjectId: concertId, occurredAt: asOf, data };
}

export function webhookTest(endpointId: WebhookEndpointId, occurredAt: Instant): WebhookFact {
  return { type: WEBHOOK_TEST_TYPE, subjectId: endpointId, occurredAt, data: { endpointId } };
}

function reservationData(of: Reservation): ReservationData {
  return {
    reservationId: of.id,
    concertId: of.concertId,
    eventId: of.eventId,
    userId: of.userId,
    seatNumbers: of.seatNumbers,
    seats: null,
    totalAmount: of.totalAmount,
    currency: CURRENCY,
  };
}

export function toMessage(id: string, fact: WebhookFact): WebhookMessage {
  const { type, subjectId, occurredAt, data } = fact;
  const body = JSON.stringify({ type, timestamp: formatInstant(occurredAt), data });
  const endpointId = fact.type === WEBHOOK_TEST_TYPE ? fact.data.endpointId : null;
  return { id, type, subjectId, occurredAt, body, endpointId };
}
