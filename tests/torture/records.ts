import type { Answer } from '../support/client.ts';
import type { Problem } from '../support/response-bodies.ts';

/** What a fan asks for; a recovery is measured for each. */
export const KINDS = [
  'charge',
  'join',
  'poll',
  'admission',
  'hold',
  'extend',
  'cancel',
  'pay',
  'leave',
  'refund',
  'tickets',
  'check-in',
  'adjust',
] as const;
export type Kind = (typeof KINDS)[number];

/** A write that was acknowledged: it must still be there at the end. */
export type Acknowledgement =
  | {
      readonly kind: 'charge' | 'adjust';
      readonly userId: string;
      readonly entryId: string;
      readonly amount: number;
    }
  | {
      readonly kind: 'hold';
      readonly userId: string;
      readonly reservationId: string;
      readonly eventId: string;
      readonly seatNumbers: readonly number[];
    }
  | { readonly kind: 'extend' | 'cancel'; readonly userId: string; readonly reservationId: string }
  | {
      readonly kind: 'pay';
      readonly userId: string;
      readonly reservationId: string;
      readonly paymentId: string;
      readonly amount: number;
    }
  | {
      readonly kind: 'refund';
      readonly userId: string;
      readonly reservationId: string;
      readonly refundId: string;
      readonly amount: number;
      readonly seatNumbers: readonly number[];
    }
  | {
      readonly kind: 'check-in';
      readonly userId: string;
      readonly reservationId: string;
      readonly seatNumber: number;
    }
  | { readonly kind: 'cancel date'; readonly userId: string; readonly eventId: string }
  | { readonly kind: 'leave'; readonly userId: string; readonly sequence: number };

/** What the service must not do, as the fans saw it. */
export type Complaint = { readonly rule: string; readonly what: string };

export type Records = {
  readonly acknowledgements: Acknowledgement[];
  readonly complaints: Complaint[];
  /** Amounts of charges and adjustments that were asked for, acknowledged or not, by user. Each is asked for once. */
  readonly charges: Map<string, Set<number>>;
  /** Answers by kind and outcome. */
  readonly outcomes: Record<string, Record<string, number>>;
  /** Requests whose outcome the fan never learned, with every repetition. */
  readonly unresolved: string[];
  readonly slowestMs: Record<string, number>;
  /** The longest time without a success, by kind. */
  readonly longestGapMs: Record<string, number>;
  /** `performance.now()` of the latest success by kind. */
  readonly latestSuccess: Map<Kind, number>;
  /** When a fan first saw a place ACTIVE, by user and sequence. */
  readonly seenActiveAt: Map<string, number>;
  complain(rule: string, what: string): void;
  count(kind: string, outcome: string): void;
  answered(kind: Kind, answer: Answer<Problem>, tookMs: number): void;
  succeeded(kind: Kind): void;
};

const COMPLAINTS_MAX = 1_000;

export function createRecords(): Records {
  const outcomes: Records['outcomes'] = {};
  const slowestMs: Records['slowestMs'] = {};
  const longestGapMs: Records['longestGapMs'] = {};
  const latestSuccess: Records['latestSuccess'] = new Map();
  const complaints: Complaint[] = [];
  function complain(rule: string, what: string): void {
    if (complaints.length < COMPLAINTS_MAX) complaints.push({ rule, what });
  }
  function count(kind: string, outcome: string): void {
    const counts = (outcomes[kind] ??= {});
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  function succeeded(kind: Kind): void {
    const now = performance.now();
    const gap = now - (latestSuccess.get(kind) ?? now);
    longestGapMs[kind] = Math.max(longestGapMs[kind] ?? 0, gap);
    latestSuccess.set(kind, now);
  }
  return {
    acknowledgements: [],
    complaints,
    charges: new Map(),
    outcomes,
    unresolved: [],
    slowestMs,
    longestGapMs,
    latestSuccess,
    seenActiveAt: new Map(),
    complain,
    count,
    answered(kind, { status, body }, tookMs) {
      count(kind, status < 300 ? String(status) : `${status} ${body.code}`);
      slowestMs[kind] = Math.max(slowestMs[kind] ?? 0, tookMs);
      if (status < 300) succeeded(kind);
      const isExpected = status < 300 || EXPECTED[kind].includes(body.code);
      if (status >= 500 && status !== 503) complain('no answer is 500', `${kind}: ${status} ${body.code}`);
      else if (!isExpected)
        complain('every answer is one that the fan can expect', `${kind}: ${status} ${body.code}`);
    },
    succeeded,
  };
}

const ANY_TIME = ['UNAVAILABLE', 'RATE_LIMITED'];
const WITH_KEY = [...ANY_TIME, 'IDEMPOTENCY_IN_PROGRESS'];
/** The refusals that a fan who does nothing wrong can meet. */
const EXPECTED: Readonly<Record<Kind, readonly string[]>> = {
  charge: WITH_KEY,
  join: ANY_TIME,
  poll: ANY_TIME,
  admission: ANY_TIME,
  hold: [
    ...WITH_KEY,
    'SEAT_UNAVAILABLE',
    'QUEUE_TOKEN_NOT_ACTIVE',
    'HOLD_LIMIT_EXCEEDED',
    'HOLDS_COOLING_DOWN',
    'EVENT_CANCELLED',
  ],
  extend: [
    ...WITH_KEY,
    'HOLD_EXPIRED',
    'RESERVATION_NOT_HELD',
    'EXTENSION_LIMIT_EXCEEDED',
    'EVENT_CANCELLED',
  ],
  cancel: [...ANY_TIME, 'HOLD_EXPIRED', 'RESERVATION_NOT_HELD'],
  pay: [...WITH_KEY, 'HOLD_EXPIRED', 'RESERVATION_NOT_HELD', 'EVENT_CANCELLED'],
  leave: ANY_TIME,
  // A worker may have refunded the reservation of a cancelled date.
  refund: [...WITH_KEY, 'SEAT_ALREADY_REFUNDED', 'SEAT_CHECKED_IN', 'RESERVATION_NOT_CONFIRMED'],
  tickets: ANY_TIME,
  'check-in': [...WITH_KEY, 'ALREADY_CHECKED_IN', 'TICKET_REFUNDED', 'EVENT_CANCELLED'],
  adjust: WITH_KEY,
};
