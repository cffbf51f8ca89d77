import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMISSION_POLICY_DEFAULT } from '../../src/waiting-room/admission.ts';
import {
  type Active,
  type Ended,
  type Offered,
  type Parked,
  type PlaceState,
  type Returned,
  WAITING,
  checkIn,
  countsAsActive,
  countsAsParked,
  end,
  isCheckedIn,
  offer,
  placeAt,
  tokenOf,
} from '../../src/waiting-room/place.ts';

const OFFERED: Offered = { kind: 'OFFERED', claimBy: 100, parkedUntil: 300, sessionTtlMs: 1_000 };
const ACTIVE: Active = { kind: 'ACTIVE', sessionExpiresAt: 100 };
const PARKED: Parked = { kind: 'PARKED', parkedUntil: 300 };
const RETURNED: Returned = { kind: 'RETURNED' };
const EXPIRED: Ended = { kind: 'ENDED', reason: 'EXPIRED' };
const LEFT: Ended = { kind: 'ENDED', reason: 'LEFT' };
const ALL: readonly PlaceState[] = [WAITING, OFFERED, ACTIVE, PARKED, RETURNED, LEFT];
const PERIODS = [null, { from: 100, until: 200 }];

describe('an offer', () => {
  it.each([WAITING, RETURNED])(
    'reserves a slot for a $kind place, on the terms of the present policy',
    (from) => {
      const policy = { ...ADMISSION_POLICY_DEFAULT, claimTtlMs: 10, parkRetentionMs: 20, sessionTtlMs: 30 };
      expect(offer(from, policy, 1_000)).toEqual({
        kind: 'OFFERED',
        claimBy: 1_010,
        parkedUntil: 1_030,
        sessionTtlMs: 30,
      });
    },
  );
});

describe('time', () => {
  it.each<[PlaceState, number, PlaceState]>([
    [WAITING, Infinity, WAITING],
    [RETURNED, Infinity, RETURNED],
    [LEFT, Infinity, LEFT],
    [OFFERED, 99, OFFERED],
    [OFFERED, 100, PARKED],
    [OFFERED, 299, PARKED],
    [OFFERED, 300, EXPIRED],
    [ACTIVE, 99, ACTIVE],
    [ACTIVE, 100, EXPIRED],
    [PARKED, 299, PARKED],
    [PARKED, 300, EXPIRED],
  ])('makes of %j at %i %j', (place, now, expected) => {
    expect(placeAt(place, now, null)).toEqual(expected);
  });

  it('leads to the same state in one step and in many', () => {
    const moment = fc.nat({ max: 400 });
    fc.assert(
      fc.property(
        fc.constantFrom(...ALL),
        moment,
        moment,
        fc.constantFrom(...PERIODS),
        (place, a, b, soldOut) => {
          const [early, late] = [Math.min(a, b), Math.max(a, b)];
          expect(placeAt(placeAt(place, early, soldOut), late, soldOut)).toEqual(
            placeAt(place, late, soldOut),
          );
        },
      ),
    );
  });
});

describe('a check-in', () => {
  it.each<[PlaceState, number, PlaceState]>([
    [WAITING, 50, WAITING],
    [OFFERED, 99, { kind: 'ACTIVE', sessionExpiresAt: 1_099 }],
    [OFFERED, 100, RETURNED],
    [OFFERED, 300, EXPIRED],
    [ACTIVE, 99, ACTIVE],
    [ACTIVE, 100, EXPIRED],
    [PARKED, 299, RETURNED],
    [PARKED, 300, EXPIRED],
    [RETURNED, 50, RETURNED],
    [LEFT, 50, LEFT],
  ])('makes of %j at %i %j', (place, now, expected) => {
    expect(checkIn(place, now, null)).toEqual(expected);
  });

  it('changes nothing when it is repeated, and only then a read may answer for it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALL),
        fc.nat({ max: 400 }),
        fc.constantFrom(...PERIODS),
        (place, now, soldOut) => {
          const present = placeAt(place, now, soldOut);
          const after = checkIn(place, now, soldOut);
          expect(checkIn(after, now, soldOut)).toEqual(after);
          expect(isCheckedIn(after)).toBe(true);
          expect(after.kind === present.kind).toBe(isCheckedIn(present));
        },
      ),
    );
  });
});

const activeUntil = (sessionExpiresAt: number): PlaceState => ({ kind: 'ACTIVE', sessionExpiresAt });
const offeredUntil = (claimBy: number): PlaceState => ({
  kind: 'OFFERED',
  claimBy,
  parkedUntil: 300,
  sessionTtlMs: 10,
});

describe('a sold-out room', () => {
  const soldOut = { from: 100, until: 200 };

  it.each([
    [99, EXPIRED],
    [100, RETURNED],
    [199, RETURNED],
    [200, EXPIRED],
  ])('makes of a session that ends at %i %j, whenever that is seen', (sessionExpiresAt, expected) => {
    for (const now of [sessionExpiresAt, 350]) {
      expect(placeAt(activeUntil(sessionExpiresAt), now, soldOut)).toEqual(expected);
      expect(checkIn(activeUntil(sessionExpiresAt), now, soldOut)).toEqual(expected);
    }
  });

  it('leaves a session as it is until its end', () => {
    expect(checkIn(activeUntil(180), 179, soldOut)).toEqual(activeUntil(180));
  });

  it('returns an offered place at a check-in, and parks it without one', () => {
    expect([99, 100, 199, 200].map((now) => checkIn(offeredUntil(250), now, soldOut).kind)).toEqual([
      'ACTIVE',
      'RETURNED',
      'RETURNED',
      'ACTIVE',
    ]);
    expect(placeAt(offeredUntil(150), 160, soldOut)).toEqual({ kind: 'PARKED', parkedUntil: 300 });
  });
});

describe('an end', () => {
  it.each(ALL)('is final for a $kind place, and the first reason stays', (place) => {
    const ended = end(place, 'COMPLETED');
    expect(ended).toEqual(place.kind === 'ENDED' ? LEFT : { kind: 'ENDED', reason: 'COMPLETED' });
    expect(end(ended, 'LEFT')).toEqual(ended);
    expect(placeAt(ended, Infinity, null)).toEqual(ended);
  });
});

it.each(ALL)('counts a $kind place once at most', (place) => {
  expect([countsAsActive(place), countsAsParked(place)]).toEqual([
    ['OFFERED', 'ACTIVE'].includes(place.kind),
    ['PARKED', 'RETURNED'].includes(place.kind),
  ]);
});

it('shows a fan the place as a token', () => {
  const facts = { concertId: 'c', userId: 'u', sequence: 7, issuedAt: 1 };
  expect(tokenOf(facts, WAITING, 3)).toEqual({ ...facts, status: 'WAITING', position: 3, parked: false });
  expect(tokenOf(facts, RETURNED, null)).toEqual({ ...facts, status: 'WAITING', position: 0, parked: true });
  expect(tokenOf(facts, ACTIVE, null)).toEqual({ ...facts, status: 'ACTIVE', sessionExpiresAt: 100 });
  expect(tokenOf(facts, LEFT, null)).toEqual({ ...facts, status: 'LEFT' });
});
