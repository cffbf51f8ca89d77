import type { WaitingRoom } from '@frontrow/client';
import { describe, expect, it } from 'vitest';
import { conditionsOf, isTickLate, tickAgeMs } from '../../../src/console/concert/room/conditions.ts';

const ROOM: WaitingRoom = {
  concertId: 'c',
  room: 'OPEN',
  reason: null,
  restoringUntil: null,
  epoch: 1,
  waiting: 10,
  parked: 0,
  active: 0,
  admittedTotal: 0,
  completedTotal: 0,
  rates: { admissionsPerSecondMax: 140, window: null },
  waits: null,
  estimateError: null,
  lastTickAt: '2026-12-01T11:00:00.000Z',
  asOf: '2026-12-01T11:00:00.200Z',
};
const titles = (room: Partial<WaitingRoom>) => conditionsOf({ ...ROOM, ...room }).map(({ title }) => title);

describe('the last tick of a room', () => {
  it('is as old as the clock of the room says', () => {
    expect(tickAgeMs(ROOM)).toBe(200);
    expect(tickAgeMs({ ...ROOM, lastTickAt: null })).toBeNull();
    expect(tickAgeMs({ ...ROOM, asOf: '2026-12-01T10:59:59.000Z' })).toBe(0);
  });

  it('is late only while fans should be admitted', () => {
    const asOf = '2026-12-01T11:00:06.000Z';
    expect(isTickLate({ ...ROOM, asOf })).toBe(true);
    expect(isTickLate({ ...ROOM, lastTickAt: null })).toBe(true);
    expect(isTickLate({ ...ROOM, lastTickAt: null, waiting: 0 })).toBe(false);
    expect(isTickLate({ ...ROOM, asOf, waiting: 0 })).toBe(true);
    expect(isTickLate({ ...ROOM, asOf, room: 'PAUSED' })).toBe(false);
  });
});

describe('conditionsOf', () => {
  it('has nothing to say of a room that runs', () => {
    expect(conditionsOf(ROOM)).toEqual([]);
  });

  it('says that no worker ticks, before everything else', () => {
    const restoringUntil = '2026-12-01T11:00:30.000Z';
    expect(titles({ lastTickAt: null, restoringUntil })).toEqual([
      'No worker admits fans',
      'Places are being restored',
    ]);
  });

  it('has the reason that fans read, as it is', () => {
    const reason = '<b>21:00</b>';
    expect(conditionsOf({ ...ROOM, room: 'PAUSED', reason })).toMatchObject([{ text: reason }]);
    expect(conditionsOf({ ...ROOM, room: 'PAUSED' })).toMatchObject([{ text: 'Fans read no reason.' }]);
  });

  it.each([
    ['SOLD_OUT', 'Sold out'],
    ['NOT_OPEN', 'Not open yet'],
    ['CLOSED', 'Closed'],
  ] as const)('says that a room is %s', (room, title) => {
    expect(titles({ room })).toEqual([title]);
  });
});
