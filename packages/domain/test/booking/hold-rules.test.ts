import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOLD_POLICY_DEFAULT } from '../../src/booking/hold-policy.ts';
import {
  type EventOnSale,
  type RequestedHold,
  permitHold,
  limitHold,
  refusalByAvailability,
} from '../../src/booking/hold-rules.ts';
import { SALES_RUNNING } from '../../src/catalog/sales.ts';
import type { RefusalCode } from '../../src/shared/refusals.ts';

const PLACE = { concertId: 'concert', userId: 'fan', sequence: 1, issuedAt: 0 };
const ACTIVE = { ...PLACE, status: 'ACTIVE', sessionExpiresAt: 9_000 } as const;

const ON_SALE: EventOnSale = {
  event: {
    id: 'event',
    concertId: 'concert',
    venue: 'hall',
    startsAt: 3_000,
    timeZone: 'Asia/Seoul',
    reservationStartAt: 1_000,
    reservationEndAt: 2_000,
    refundUntil: 2_000,
    seatCount: 50,
    price: 100,
    layoutVersion: 0,
    accessibleReleaseAt: null,
    sales: SALES_RUNNING,
    version: 1,
  },
  sales: SALES_RUNNING,
  hold: { ...HOLD_POLICY_DEFAULT, maxSeatsPerReservation: 3 },
  asOf: 1_500,
};
const STOPPED = { state: 'STOPPED', reason: 'A wrong price' } as const;
type NamedHold = Extract<RequestedHold, { readonly seatNumbers: readonly number[] }>;
const REQUEST: NamedHold = {
  seatNumbers: [9, 4],
  ticket: { ...PLACE, sessionExpiresAt: null },
  token: ACTIVE,
};

type Attempt = {
  readonly request: NamedHold;
  readonly onSale: EventOnSale | null;
  readonly liveHold: string | null;
  readonly taken: ReadonlySet<number>;
  readonly end: null;
};

/** Every refusal in its order, with the change to an attempt that provokes it. */
const REFUSALS: readonly (readonly [RefusalCode, (attempt: Attempt) => Attempt])[] = [
  ['NOT_FOUND', (attempt) => ({ ...attempt, onSale: null })],
  [
    'QUEUE_TOKEN_INVALID',
    (attempt) => withRequest(attempt, { ticket: { ...REQUEST.ticket, concertId: 'another' } }),
  ],
  ['QUEUE_TOKEN_NOT_ACTIVE', (attempt) => withRequest(attempt, { token: { ...PLACE, status: 'EXPIRED' } })],
  [
    'EVENT_NOT_BOOKABLE',
    (attempt) => ({ ...attempt, onSale: attempt.onSale && { ...attempt.onSale, asOf: 2_000 } }),
  ],
  [
    'SALES_STOPPED',
    (attempt) => ({ ...attempt, onSale: attempt.onSale && { ...attempt.onSale, sales: STOPPED } }),
  ],
  [
    'TOO_MANY_SEATS',
    (attempt) => withRequest(attempt, { seatNumbers: [...attempt.request.seatNumbers, 1, 2] }),
  ],
  [
    'VALIDATION_FAILED',
    (attempt) => withRequest(attempt, { seatNumbers: [...attempt.request.seatNumbers, 51] }),
  ],
  ['HOLD_LIMIT_EXCEEDED', (attempt) => ({ ...attempt, liveHold: 'own' })],
  ['SEAT_UNAVAILABLE', (attempt) => ({ ...attempt, taken: new Set([4, 9]) })],
];

function withRequest(attempt: Attempt, change: Partial<NamedHold>): Attempt {
  return { ...attempt, request: { ...attempt.request, ...change } };
}

describe('permitHold', () => {
  it('permits the seats in the order in which they are locked', () => {
    expect(permitHold(REQUEST, { onSale: ON_SALE, liveHold: null })).toEqual({
      ok: true,
      value: { ...ON_SALE, seatNumbers: [4, 9] },
    });
  });

  it('names the event that does not exist', () => {
    expect(permitHold(REQUEST, { onSale: null, liveHold: 'own' })).toEqual({
      ok: false,
      refusal: { code: 'NOT_FOUND', what: 'event' },
    });
  });
});

describe('refusalByAvailability', () => {
  it('refuses by the first of the rules that the request breaks', () => {
    fc.assert(
      fc.property(fc.subarray([...REFUSALS]), (broken) => {
        const attempt: Attempt = {
          request: REQUEST,
          onSale: ON_SALE,
          liveHold: null,
          taken: new Set(),
          end: null,
        };
        const { request, ...availability } = broken.reduce((changed, [, change]) => change(changed), attempt);
        const codes = broken.map(([code]) => code);
        expect(refusalByAvailability(request, availability)?.code).toBe(codes[0]);
        const beforeSeats = codes.find((code) => code !== 'SEAT_UNAVAILABLE');
        const permitted = permitHold(request, availability);
        expect(permitted.ok ? undefined : permitted.refusal.code).toBe(beforeSeats);
      }),
    );
  });

  it('names the seats that are held or sold, ascending, and no other', () => {
    const availability = { onSale: ON_SALE, liveHold: null, taken: new Set([1, 4, 9]), end: null };
    const refusal = { code: 'SEAT_UNAVAILABLE', unavailableSeats: [4, 9] };
    expect(refusalByAvailability(REQUEST, availability)).toEqual(refusal);
  });

  it('refuses an ended place last', () => {
    const availability = { onSale: ON_SALE, liveHold: null, end: 'COMPLETED' } as const;
    const refusalOf = (...taken: number[]) =>
      refusalByAvailability(REQUEST, { ...availability, taken: new Set(taken) })?.code;
    expect([refusalOf(), refusalOf(4)]).toEqual(['QUEUE_TOKEN_NOT_ACTIVE', 'SEAT_UNAVAILABLE']);
  });
});

describe('limitHold', () => {
  const heldAt = 1_600;
  const at = (change: Partial<{ heldAt: number; holdExpiresAt: number }>, request = REQUEST) =>
    limitHold(request, ON_SALE.event, { heldAt, holdExpiresAt: 2_500, ...change });

  it('leaves a hold its time, but not beyond the start of the event', () => {
    expect(at({})).toEqual({ ok: true, value: 2_500 });
    expect(at({ holdExpiresAt: 9_000 })).toEqual({ ok: true, value: 3_000 });
  });

  it('refuses seats that were locked after the end of the session or of sales', () => {
    const short = { ...REQUEST, token: { ...ACTIVE, sessionExpiresAt: heldAt } };
    expect(at({}, short)).toMatchObject({ refusal: { code: 'QUEUE_TOKEN_NOT_ACTIVE', status: 'EXPIRED' } });
    expect(at({ heldAt: 1_599 }, short)).toMatchObject({ ok: true });
    expect(at({ heldAt: 2_000 })).toMatchObject({ refusal: { code: 'EVENT_NOT_BOOKABLE' } });
  });
});
