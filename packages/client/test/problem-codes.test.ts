import { expect, expectTypeOf, test } from 'vitest';
import {
  type Answer,
  type Client,
  type Payment,
  type PayReservationError,
  type Reservation,
  answerOf,
  holdSeats,
  payReservation,
} from '../src/index.ts';

const HEADERS = { 'Idempotency-Key': 'key' };
const BODY = { reservationId: 'r' };

const holdOf = (client: Client) =>
  answerOf(
    holdSeats({
      client,
      headers: { 'Idempotency-Key': 'key' },
      body: { eventId: 'event', seatNumbers: [1] },
    }),
  );
const payOf = (client: Client) => answerOf(payReservation({ client, headers: HEADERS, body: BODY }));

type PaymentAnswer = Awaited<ReturnType<typeof payOf>>;
type HoldAnswer = Awaited<ReturnType<typeof holdOf>>;
type PaymentProblem = Extract<PaymentAnswer, { ok: false }>['problem'];

/** Compiles only while it names every code of the operation: `code` is `never` after the last one. */
function describeProblem(problem: PaymentProblem): string {
  switch (problem.code) {
    case 'INSUFFICIENT_BALANCE':
      return `${problem.amount - problem.balance} won are missing`;
    case 'HOLD_EXPIRED':
      return `the hold lapsed at ${problem.holdExpiresAt}`;
    case 'RESERVATION_NOT_HELD':
      return `the reservation is ${problem.reservationStatus}`;
    case 'SALES_STOPPED':
    case 'EVENT_CANCELLED':
      return problem.reason ?? 'the organiser has stopped the sale';
    case 'UNREACHABLE':
      return problem.reason;
    case 'VALIDATION_FAILED':
    case 'IDEMPOTENCY_KEY_REQUIRED':
    case 'UNAUTHENTICATED':
    case 'NOT_FOUND':
    case 'IDEMPOTENCY_IN_PROGRESS':
    case 'PAYLOAD_TOO_LARGE':
    case 'UNSUPPORTED_MEDIA_TYPE':
    case 'IDEMPOTENCY_KEY_REUSED':
    case 'RATE_LIMITED':
    case 'INTERNAL':
    case 'UNAVAILABLE':
      return problem.code;
  }
  return problem satisfies never;
}

test('an answer has the data of its operation and the codes that its operation documents', () => {
  expectTypeOf<PaymentAnswer>().toEqualTypeOf<Answer<Payment, PayReservationError>>();
  expectTypeOf<Extract<HoldAnswer, { ok: true }>['data']>().toEqualTypeOf<Reservation>();
  expect(describeProblem({ code: 'UNREACHABLE', reason: 'NETWORK' })).toBe('NETWORK');
});

/** Each line compiles only because it is expected not to. */
const REFUSED_BY_THE_COMPILER = [
  // @ts-expect-error -- a payment chooses no seats
  (problem: PaymentProblem) => problem.code === 'SEAT_UNAVAILABLE',
  // @ts-expect-error -- the key is required
  (client: Client) => payReservation({ client, body: BODY }),
  // @ts-expect-error -- the client is required
  () => payReservation({ headers: HEADERS, body: BODY }),
  // @ts-expect-error -- the id is a text
  (client: Client) => payReservation({ client, headers: HEADERS, body: { reservationId: 1 } }),
];

test('a code, a header or a body that the operation does not have does not compile', () => {
  expect(REFUSED_BY_THE_COMPILER).toHaveLength(4);
});
