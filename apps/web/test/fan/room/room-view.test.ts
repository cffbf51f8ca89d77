import { describe, expect, it } from 'vitest';
import { NO_PLACE, type Place, afterUpdate } from '../../../src/fan/room/place.ts';
import { roomViewOf } from '../../../src/fan/room/room-view.ts';
import type { SaleState } from '../../../src/fan/sale/sale-state.ts';
import { queueStatus, roomStatus } from './statuses.ts';

const OPENS = '2026-12-01T12:00:00.000Z';

const placeWith = (...statuses: Partial<ReturnType<typeof queueStatus>>[]): Place =>
  statuses.reduce(
    (place, differences) => afterUpdate(place, { kind: 'status', status: queueStatus(differences) }),
    NO_PLACE,
  );

const lineState = (place: Place, sales: readonly SaleState[] | null = null) => {
  const view = roomViewOf(place, sales);
  return view.kind === 'LINE' ? view.state : view.kind;
};

describe('roomViewOf', () => {
  it('loads before the first status, and has no place where the ticket is refused', () => {
    expect(roomViewOf(NO_PLACE, null)).toEqual({ kind: 'LOADING' });
    const refused = afterUpdate(NO_PLACE, {
      kind: 'end',
      end: { kind: 'REFUSED', problem: { code: 'QUEUE_TOKEN_INVALID' } as never },
    });
    expect(roomViewOf(refused, null)).toEqual({ kind: 'NO_PLACE' });
  });

  it.each([
    [{}, { kind: 'OPEN' }],
    [
      { room: 'PAUSED', reason: 'We check the hall.' },
      { kind: 'PAUSED', reason: 'We check the hall.' },
    ],
    [{ room: 'CLOSED' }, { kind: 'CLOSED' }],
    [{ position: null }, { kind: 'RESTORING' }],
    [{ position: null, room: 'CLOSED' }, { kind: 'CLOSED' }],
    [{ parked: true, position: 0 }, 'PARKED'],
    [{ parked: true, position: 0, room: 'PAUSED' }, 'PARKED'],
  ] as const)('shows %j as %j', (differences, state) => {
    expect(lineState(placeWith(differences))).toEqual(state);
  });

  it('counts down to the opening of the next date', () => {
    const place = placeWith({ room: 'NOT_OPEN' });

    expect(lineState(place, [{ kind: 'ENDED' }, { kind: 'NOT_YET', opensAt: OPENS }])).toEqual({
      kind: 'NOT_OPEN',
      opensAt: OPENS,
    });
    expect(lineState(place)).toEqual({ kind: 'NOT_OPEN', opensAt: null });
  });

  it('is stopped where no date is on sale but a stopped one', () => {
    const stopped: SaleState = { kind: 'STOPPED', reason: 'A storm.' };

    expect(lineState(placeWith({}), [stopped, { kind: 'ENDED' }])).toEqual(stopped);
    expect(lineState(placeWith({}), [stopped, { kind: 'NO_SEATS' }])).toEqual({ kind: 'OPEN' });
  });

  it('tells the newest count of returned seats in a sold-out room', () => {
    const place = placeWith({ room: 'SOLD_OUT', seatsReturned: 1 });
    const withRoom = afterUpdate(place, { kind: 'room', room: roomStatus({ seatsReturned: 3 }) });

    expect(lineState(place)).toEqual({ kind: 'SOLD_OUT', seatsReturned: 1 });
    expect(lineState(withRoom)).toEqual({ kind: 'SOLD_OUT', seatsReturned: 3 });
  });

  it('takes the range of the estimate from the room, or else the estimate of the place', () => {
    const place = placeWith({ estimatedWaitSeconds: 90 });
    const withRoom = afterUpdate(place, { kind: 'room', room: roomStatus() });

    expect(roomViewOf(place, null)).toMatchObject({ line: { wait: { medianSeconds: 90, p90Seconds: 90 } } });
    expect(roomViewOf(withRoom, null)).toMatchObject({
      line: { wait: { medianSeconds: 80, p90Seconds: 100 } },
    });
    expect(roomViewOf(placeWith({ estimatedWaitSeconds: null }), null)).toMatchObject({
      line: { wait: null },
    });
  });

  it('measures the progress from the first position of this page', () => {
    expect(roomViewOf(placeWith({ position: 100 }, { position: 25 }), null)).toMatchObject({
      line: { position: 25, progress: 0.75 },
    });
    expect(roomViewOf(placeWith({ position: 100 }, { position: null }), null)).toMatchObject({
      state: { kind: 'RESTORING' },
      line: { position: 100 },
    });
  });

  it('has the turn until the end of the session', () => {
    expect(roomViewOf(placeWith({ status: 'ACTIVE', sessionExpiresAt: OPENS }), null)).toEqual({
      kind: 'TURN',
      endsAt: OPENS,
    });
  });

  it.each([
    [[{ status: 'COMPLETED' }], 'PAID'],
    [[{ status: 'LEFT' }], 'LEFT'],
    [[{ status: 'ACTIVE' }, { status: 'EXPIRED' }], 'SESSION_OVER'],
    [[{ parked: true }, { status: 'EXPIRED' }], 'DID_NOT_RETURN'],
    [[{ status: 'EXPIRED' }], 'EXPIRED'],
  ] as const)('names the end of %j: %s', (statuses, why) => {
    expect(roomViewOf(placeWith(...statuses), null)).toEqual({ kind: 'ENDED', why });
  });
});
