import { MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import type { Refusal, RefusalCode } from '@frontrow/domain/shared/refusals.ts';
import { WEBHOOK_ENDPOINTS_MAX } from '@frontrow/domain/webhooks/endpoint.ts';
import { describeRefusal } from './describe-refusal.ts';
import { EXAMPLE } from '../routes/shared/examples.ts';
import { type Code, PROBLEMS, type Problem, problemBody } from './problem.ts';

const REFUSALS: { readonly [C in RefusalCode]: Extract<Refusal, { code: C }> } = {
  NOT_FOUND: { code: 'NOT_FOUND', what: 'concert' },
  VALIDATION_FAILED: {
    code: 'VALIDATION_FAILED',
    errors: [{ pointer: '/seatNumbers/0', detail: 'must be from 1 to 50' }],
  },
  TOO_MANY_SEATS: { code: 'TOO_MANY_SEATS', maxSeatsPerReservation: 4 },
  SEAT_UNAVAILABLE: { code: 'SEAT_UNAVAILABLE', unavailableSeats: [8] },
  NO_MATCHING_SEATS: { code: 'NO_MATCHING_SEATS', togetherMax: 2, availableCount: 14 },
  ORPHAN_SEATS: { code: 'ORPHAN_SEATS', orphanSeats: [9], alternativeSeats: [8, 9] },
  ACCESSIBLE_SEATS_ONLY: {
    code: 'ACCESSIBLE_SEATS_ONLY',
    accessibleSeats: [41, 42],
    accessibleReleaseAt: Date.UTC(2026, 11, 23, 9),
  },
  COMPANION_SEATS_EXCEEDED: {
    code: 'COMPANION_SEATS_EXCEEDED',
    companionSeats: [43],
    companionSeatsMax: 1,
  },
  EVENT_NOT_BOOKABLE: {
    code: 'EVENT_NOT_BOOKABLE',
    reservationStartAt: Date.UTC(2026, 11, 1, 11),
    reservationEndAt: Date.UTC(2026, 11, 24, 9),
  },
  HAS_RESERVATIONS: { code: 'HAS_RESERVATIONS' },
  PRECONDITION_FAILED: { code: 'PRECONDITION_FAILED', version: 3 },
  EVENT_CANCELLED: { code: 'EVENT_CANCELLED', reason: 'The singer is ill. You get your money back.' },
  EVENT_STARTED: { code: 'EVENT_STARTED', startsAt: Date.UTC(2026, 11, 24, 10) },
  SALES_STOPPED: { code: 'SALES_STOPPED', reason: 'The price is wrong. Sales resume at 21:00.' },
  HOLD_LIMIT_EXCEEDED: { code: 'HOLD_LIMIT_EXCEEDED', reservationId: EXAMPLE.reservationId },
  SEAT_LIMIT_EXCEEDED: { code: 'SEAT_LIMIT_EXCEEDED', seatsPerUserMax: 6, seatsBought: 4 },
  HOLDS_COOLING_DOWN: {
    code: 'HOLDS_COOLING_DOWN',
    coolsDownAt: Date.UTC(2026, 11, 1, 12, 1, 12, 480),
    retryAfterMs: 1_800_000,
  },
  HOLD_EXPIRED: { code: 'HOLD_EXPIRED', holdExpiresAt: Date.UTC(2026, 11, 1, 11, 6, 12, 480) },
  RESERVATION_NOT_HELD: { code: 'RESERVATION_NOT_HELD', status: 'CONFIRMED' },
  RESERVATION_NOT_CONFIRMED: { code: 'RESERVATION_NOT_CONFIRMED', status: 'REFUNDED' },
  REFUND_CLOSED: { code: 'REFUND_CLOSED', refundUntil: Date.UTC(2026, 11, 20, 9) },
  SEAT_ALREADY_REFUNDED: { code: 'SEAT_ALREADY_REFUNDED', refundedSeats: [8] },
  SEAT_CHECKED_IN: { code: 'SEAT_CHECKED_IN', checkedInSeats: [8] },
  TICKET_INVALID: { code: 'TICKET_INVALID' },
  WRONG_EVENT: { code: 'WRONG_EVENT', eventId: EXAMPLE.eventId },
  TICKET_REFUNDED: { code: 'TICKET_REFUNDED' },
  ALREADY_CHECKED_IN: {
    code: 'ALREADY_CHECKED_IN',
    checkedInAt: Date.UTC(2026, 11, 24, 9, 31, 4, 87),
    gate: 'North 2',
  },
  EXTENSION_LIMIT_EXCEEDED: { code: 'EXTENSION_LIMIT_EXCEEDED', maxExtensions: 1 },
  INSUFFICIENT_BALANCE: { code: 'INSUFFICIENT_BALANCE', balance: 60_000, amount: 240_000 },
  WALLET_LIMIT_EXCEEDED: { code: 'WALLET_LIMIT_EXCEEDED', balanceMax: MONEY_MAX },
  ROOM_CLOSED: { code: 'ROOM_CLOSED' },
  SALE_CODE_REQUIRED: { code: 'SALE_CODE_REQUIRED', publicStartAt: Date.UTC(2026, 11, 1, 11) },
  SALE_CODE_INVALID: { code: 'SALE_CODE_INVALID' },
  SALE_CODE_EXHAUSTED: { code: 'SALE_CODE_EXHAUSTED' },
  QUEUE_TOKEN_INVALID: { code: 'QUEUE_TOKEN_INVALID' },
  QUEUE_TOKEN_NOT_ACTIVE: { code: 'QUEUE_TOKEN_NOT_ACTIVE', status: 'WAITING' },
  IDEMPOTENCY_KEY_REUSED: { code: 'IDEMPOTENCY_KEY_REUSED' },
  IDEMPOTENCY_IN_PROGRESS: { code: 'IDEMPOTENCY_IN_PROGRESS' },
  WEBHOOK_ENDPOINT_LIMIT: { code: 'WEBHOOK_ENDPOINT_LIMIT', endpointsMax: WEBHOOK_ENDPOINTS_MAX },
  WEBHOOKS_NOT_CONFIGURED: { code: 'WEBHOOKS_NOT_CONFIGURED' },
};

/** The example of each code in the OpenAPI document. */
export function problemExamples(): Record<Code, { value: object }> {
  const codes = Object.keys(PROBLEMS) as Code[];
  return Object.fromEntries(
    codes.map((code) => [code, { value: problemBody(exampleOf(code), '/v1/example') }]),
  ) as Record<Code, { value: object }>;
}

function exampleOf(code: Code): Problem {
  if (code in REFUSALS) return describeRefusal(REFUSALS[code as RefusalCode]);
  return { code, detail: `${PROBLEMS[code].title}.` } as Problem;
}
