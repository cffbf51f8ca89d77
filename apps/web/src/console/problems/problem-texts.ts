import { formatMoney } from '../../shared/i18n/formats.ts';
import type { AnyProblem } from '../data/answer.ts';

type ProblemText = {
  readonly title: string;
  /** What the operator can do. */
  readonly advice: string;
};

type Code = AnyProblem['code'];
type ProblemOf<C extends Code> = Extract<AnyProblem, { readonly code: C }>;

/** What an operator reads of a problem. */
export function problemText<C extends Code>(problem: ProblemOf<C>): ProblemText {
  const write = TEXTS[problem.code] as (of: ProblemOf<C>) => readonly [string, string];
  const [title, advice] = write(problem);
  return { title, advice };
}

const AGAIN = 'Try again in a moment. The act counts once.';

const notAccepted = () =>
  ['The server did not accept the request', 'Reload the page, then try again.'] as const;
const tooMany = () => ['Too many requests', 'Wait ten seconds, then try again.'] as const;
/** Only fans are answered with these, and the server has texts for them. */
const ofFans = (problem: { readonly title: string; readonly detail: string }) =>
  [problem.title, problem.detail] as const;

const TEXTS: { readonly [C in Code]: (problem: ProblemOf<C>) => readonly [string, string] } = {
  UNREACHABLE: ({ reason }) =>
    reason === 'NOT_FRONTROW'
      ? ['Something between this page and the server answered', AGAIN]
      : ['The server cannot be reached', `Check the network. ${AGAIN}`],
  UNAVAILABLE: () => ['The server is not available right now', AGAIN],
  INTERNAL: () => ['The server has an error', `${AGAIN} Report the error if it stays.`],
  RATE_LIMITED: tooMany,
  STREAM_LIMIT: tooMany,
  IDEMPOTENCY_IN_PROGRESS: () => ['The first attempt is still in progress', AGAIN],
  IDEMPOTENCY_KEY_REUSED: () => [
    'The entries have changed since the first attempt',
    'Look whether the first attempt has had its effect, reload the page, then send it again.',
  ],

  UNAUTHENTICATED: () => ['Your session has ended', 'Sign in again. What you have entered stays here.'],
  FORBIDDEN: ({ detail }) => ['You are not allowed to do this', detail],
  NOT_FOUND: () => ['It does not exist', 'Somebody may have deleted it. Go back and reload the list.'],
  PRECONDITION_FAILED: () => [
    'Somebody else has changed it meanwhile',
    'Read the present state, decide again, then send your change.',
  ],
  VALIDATION_FAILED: ({ errors }) => ['Some entries are not valid', listErrors(errors)],
  PAYLOAD_TOO_LARGE: () => ['The request is too large', 'Shorten the texts, or send fewer entries at once.'],
  IDEMPOTENCY_KEY_REQUIRED: notAccepted,
  PRECONDITION_REQUIRED: notAccepted,
  METHOD_NOT_ALLOWED: notAccepted,
  UNSUPPORTED_MEDIA_TYPE: notAccepted,

  HAS_RESERVATIONS: () => [
    'Seats of it were held or sold',
    'It cannot be deleted. Stop its sales, cancel its dates, or archive the concert.',
  ],
  EVENT_CANCELLED: ({ reason }) => ['The date is cancelled', reason ?? 'A cancelled date stays cancelled.'],
  EVENT_STARTED: () => ['The date has begun', 'Seats can no longer be given away.'],
  EVENT_NOT_BOOKABLE: () => ['The date is not on sale now', 'Look at its booking window.'],
  SALES_STOPPED: ({ reason }) => ['The sales are stopped', reason ?? 'Resume the sales first.'],
  SEAT_UNAVAILABLE: ({ unavailableSeats }) => [
    'Some of the seats are held, sold or blocked',
    `Not available: ${unavailableSeats.join(', ')}. Nothing was changed.`,
  ],
  RESERVATION_NOT_HELD: ({ reservationStatus }) => [
    'The order is not on hold any more',
    `It is ${reservationStatus} now.`,
  ],
  RESERVATION_NOT_CONFIRMED: ({ reservationStatus }) => [
    'The order is not paid',
    `It is ${reservationStatus} now.`,
  ],
  REFUND_CLOSED: () => ['The time for refunds is over', 'Only staff can refund now.'],
  SEAT_ALREADY_REFUNDED: ({ refundedSeats }) => [
    'Some of the seats are refunded already',
    `Refunded before: ${refundedSeats.join(', ')}. No seat was refunded now.`,
  ],
  SEAT_CHECKED_IN: ({ checkedInSeats }) => [
    'Somebody has entered with some of the seats',
    `Used: ${checkedInSeats.join(', ')}. No seat was refunded.`,
  ],
  SEAT_LIMIT_EXCEEDED: ({ seatsPerUserMax }) => [
    'The fan would have too many seats',
    `The policy allows ${seatsPerUserMax} seats in this concert.`,
  ],
  HOLD_LIMIT_EXCEEDED: () => ['The fan has a hold in this concert', 'It has to be paid or cancelled first.'],
  INSUFFICIENT_BALANCE: ({ balance, amount }) => [
    'The wallet does not cover the amount',
    `It has ${formatMoney(balance)} of ${formatMoney(amount)}.`,
  ],
  WALLET_LIMIT_EXCEEDED: ({ balanceMax }) => [
    'The balance would be too high',
    `A wallet has ${formatMoney(balanceMax)} at most.`,
  ],

  TICKET_INVALID: () => [
    'This is not a valid ticket',
    'Scan it again. Refuse the entry if it stays invalid.',
  ],
  TICKET_REFUNDED: () => ['The seat of this ticket was refunded', 'Refuse the entry.'],
  ALREADY_CHECKED_IN: () => ['This ticket was used before', 'Refuse the entry.'],
  WRONG_EVENT: () => ['This ticket is for another date', 'Send the fan to that date.'],

  WEBHOOK_ENDPOINT_LIMIT: ({ endpointsMax }) => [
    'There are as many endpoints as there may be',
    `Delete one of the ${endpointsMax} that is not used.`,
  ],
  WEBHOOKS_NOT_CONFIGURED: () => [
    'Webhooks are not set up',
    'Ask the operator of the server to set WEBHOOK_SECRET_KEYS.',
  ],

  TOO_MANY_SEATS: ofFans,
  QUEUE_TOKEN_REQUIRED: ofFans,
  QUEUE_TOKEN_INVALID: ofFans,
  QUEUE_TOKEN_NOT_ACTIVE: ofFans,
  SALE_CODE_REQUIRED: ofFans,
  SALE_CODE_INVALID: ofFans,
  SALE_CODE_EXHAUSTED: ofFans,
  NO_MATCHING_SEATS: ofFans,
  ORPHAN_SEATS: ofFans,
  ACCESSIBLE_SEATS_ONLY: ofFans,
  COMPANION_SEATS_EXCEEDED: ofFans,
  ROOM_CLOSED: ofFans,
  EXTENSION_LIMIT_EXCEEDED: ofFans,
  HOLD_EXPIRED: ofFans,
  HOLDS_COOLING_DOWN: ofFans,
};

function listErrors(errors: readonly { readonly pointer: string; readonly detail: string }[]): string {
  return errors.map(({ pointer, detail }) => `${nameOf(pointer)} ${detail}.`).join(' ');
}

/** `/hold/ttlMs` as `hold ttlMs`. */
function nameOf(pointer: string): string {
  return pointer === '' ? 'The request' : pointer.split('/').slice(1).join(' ');
}
