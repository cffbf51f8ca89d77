import {
  ADMISSION_POLICY_DEFAULT,
  type AdmissionPolicy,
  type Room,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe as suite, expect, it } from 'vitest';
import { describeQueueStatus } from '../../src/waiting-room/queue-status.ts';

const NOW = 1_000;
const FACTS = { concertId: 'c', userId: 'u', sequence: 2 ** 40 + 1, issuedAt: 1 };
const WAITING = { ...FACTS, status: 'WAITING', position: 1_401, parked: false } as const;
const PARKED = { ...WAITING, position: 0, parked: true };
const ACTIVE = { ...FACTS, status: 'ACTIVE', sessionExpiresAt: 5_000 } as const;
const TICKET: Ticket = { ...FACTS, sessionExpiresAt: null };

function roomOf(facts: Partial<Room> = {}, policy: Partial<AdmissionPolicy> = {}): Room {
  const windows = [{ reservationStartAt: 0, reservationEndAt: 1_000_000 }];
  const admission = { ...ADMISSION_POLICY_DEFAULT, ...policy };
  return {
    config: { version: 1, admission, windows },
    window: null,
    soldOut: false,
    restoringUntil: null,
    seatsReturned: 2,
    ...facts,
  };
}

function statusOf(token: QueueToken, room = roomOf(), presented: Ticket | null = TICKET) {
  const tokenSigner = { sign: (ticket: Ticket) => JSON.stringify(ticket), verify: () => null };
  return describeQueueStatus({ token, room, asOf: NOW }, presented, { tokenSigner, random: () => 0.5 });
}

suite('a queue status', () => {
  it('has the estimated wait and pollAfterMs for a WAITING place', () => {
    const waiting = { status: 'WAITING', room: 'OPEN', position: 1_401, parked: false };
    expect(statusOf(WAITING)).toMatchObject({ ...waiting, estimatedWaitSeconds: 10, pollAfterMs: 2_500 });
  });

  it('is read again after a quarter of the time until the opening and of the windows after it', () => {
    const windows = [{ reservationStartAt: NOW + 6_000, reservationEndAt: 1_000_000 }];
    const { config, ...facts } = roomOf();
    const beforeOpening = { ...facts, config: { ...config, windows } };
    const unknown = { room: 'NOT_OPEN', estimatedWaitSeconds: null };
    expect(statusOf({ ...WAITING, position: 1 }, beforeOpening)).toMatchObject({
      ...unknown,
      pollAfterMs: 1_500,
    });
    expect(statusOf(WAITING, beforeOpening)).toMatchObject({ ...unknown, pollAfterMs: 4_000 });
  });

  it.each([
    ['a paused room', roomOf({}, { state: 'PAUSED' }), 'PAUSED', 1_401],
    ['a room that is sold out', roomOf({ soldOut: true }), 'SOLD_OUT', 1_401],
    ['a room that is being restored', roomOf({ restoringUntil: NOW + 1 }), 'OPEN', null],
  ])('knows no wait in %s', (_, room, state, position) => {
    const unknown = { room: state, position, estimatedWaitSeconds: null, pollAfterMs: 20_000 };
    expect(statusOf(WAITING, room)).toMatchObject(unknown);
  });

  it('has the position again after the room was restored', () => {
    expect(statusOf(WAITING, roomOf({ restoringUntil: NOW })).position).toBe(1_401);
  });

  it('has position 0 for a parked place', () => {
    expect(statusOf(PARKED)).toMatchObject({
      status: 'WAITING',
      position: 0,
      parked: true,
      estimatedWaitSeconds: 0,
    });
  });

  it('has the end of the session and a quarter of its rest as pollAfterMs for an ACTIVE place', () => {
    const active = {
      status: 'ACTIVE',
      position: 0,
      parked: false,
      estimatedWaitSeconds: 0,
      pollAfterMs: 1_000,
    };
    expect(statusOf(ACTIVE)).toMatchObject({ ...active, sessionExpiresAt: 5_000 });
  });

  it.each<[string, QueueToken, Ticket | null, Ticket | null]>([
    ['on issue', WAITING, null, TICKET],
    ['as the session begins', ACTIVE, TICKET, { ...TICKET, sessionExpiresAt: 5_000 }],
    ['not while it waits', WAITING, TICKET, null],
    ['not while the session goes on', ACTIVE, { ...TICKET, sessionExpiresAt: 5_000 }, null],
    ['not for a place that has ended', { ...FACTS, status: 'LEFT' }, null, null],
  ])('has a new ticket: %s', (_, token, presented, signed) => {
    const status = statusOf(token, roomOf(), presented);
    expect(status.token === undefined ? null : JSON.parse(status.token)).toEqual(signed);
  });

  it.each(['COMPLETED', 'LEFT', 'EXPIRED'] as const)(
    'has the end and nothing else for a place that is %s',
    (status) => {
      const nothing = {
        position: null,
        parked: false,
        estimatedWaitSeconds: null,
        pollAfterMs: null,
        sessionExpiresAt: null,
      };
      expect(statusOf({ ...FACTS, status })).toMatchObject({ ...nothing, status, issuedAt: 1, asOf: NOW });
    },
  );
});
