import { describe, expect, it } from 'vitest';
import { TICKET_TTL_MS } from '../../src/shared/limits.ts';
import { ADMISSION_POLICY_DEFAULT } from '../../src/waiting-room/admission.ts';
import { type PlaceState, WAITING } from '../../src/waiting-room/place.ts';
import { type QueueToken, type Ticket, sequenceOf } from '../../src/waiting-room/queue-token.ts';
import { mayRestore, needsRestore, restore } from '../../src/waiting-room/restore.ts';

const NOW = 500;
const FACTS = { concertId: 'c', userId: 'u', sequence: sequenceOf(1, 10), issuedAt: 1 };
const TICKET: Ticket = { ...FACTS, sessionExpiresAt: null };
const SESSION: Ticket = { ...FACTS, sessionExpiresAt: 501 };
const LAPSED: Ticket = { ...FACTS, sessionExpiresAt: 500 };

describe('a check-in restores', () => {
  const waiting: QueueToken = { ...FACTS, status: 'WAITING', position: 1, parked: false };
  const active: QueueToken = { ...FACTS, status: 'ACTIVE', sessionExpiresAt: 501 };
  it.each<[string, boolean, Ticket, QueueToken | null, number]>([
    ['a place that an earlier epoch had', true, TICKET, null, 2],
    ['no place of the present epoch', false, TICKET, null, 1],
    ['no place that the room knows', false, TICKET, waiting, 2],
    ['the session of a place that was restored without it', true, SESSION, waiting, 2],
    ['no session that is over', false, LAPSED, waiting, 2],
    ['no session that the room knows', false, SESSION, active, 2],
    ['no place that has ended', false, TICKET, { ...FACTS, status: 'LEFT' }, 2],
    ['no place by a ticket that is over', false, { ...TICKET, issuedAt: NOW - TICKET_TTL_MS }, null, 2],
    ['a place by an old ticket with a session', true, { ...SESSION, issuedAt: NOW - TICKET_TTL_MS }, null, 2],
  ])('%s', (_, expected, ticket, known, epoch) => {
    expect(needsRestore(ticket, known, epoch, NOW)).toBe(expected);
  });
});

describe('of two places of one user', () => {
  const older = FACTS.sequence - 1;
  const newer = FACTS.sequence + 1;
  const active: PlaceState = { kind: 'ACTIVE', sessionExpiresAt: 501 };
  it.each<[string, boolean, { sequence: number; state: PlaceState } | null]>([
    ['the only one', true, null],
    ['the same', true, { sequence: FACTS.sequence, state: WAITING }],
    ['the older, not this one', false, { sequence: older, state: WAITING }],
    ['the older, this one', true, { sequence: newer, state: WAITING }],
    ['the newer where it has a session', false, { sequence: newer, state: active }],
    [
      'the older where that session is over',
      true,
      { sequence: newer, state: { ...active, sessionExpiresAt: 500 } },
    ],
  ])('the room keeps %s', (_, expected, present) => {
    expect(mayRestore(TICKET, present, NOW)).toBe(expected);
  });
});

describe('a lost place is', () => {
  const admission = { ...ADMISSION_POLICY_DEFAULT, parkRetentionMs: 100 };
  const config = { version: 1, admission, windows: [] };
  const EXPIRED: PlaceState = { kind: 'ENDED', reason: 'EXPIRED' };
  const restoring = { restoringUntil: 501, watermarkAtLoss: FACTS.sequence - 1 };
  it.each<[string, PlaceState, Ticket, { restoringUntil: number | null; watermarkAtLoss: number }]>([
    ['WAITING again during the grace', WAITING, TICKET, restoring],
    ['RETURNED after the grace', { kind: 'RETURNED' }, TICKET, { ...restoring, restoringUntil: 500 }],
    [
      'RETURNED until the retention ends',
      { kind: 'RETURNED' },
      TICKET,
      { ...restoring, restoringUntil: 401 },
    ],
    ['over when the retention ends', EXPIRED, TICKET, { ...restoring, restoringUntil: 400 }],
    ['over where no grace was needed', EXPIRED, TICKET, { ...restoring, restoringUntil: null }],
    [
      'over after the grace where it was admitted',
      EXPIRED,
      TICKET,
      { restoringUntil: 500, watermarkAtLoss: FACTS.sequence },
    ],
    [
      'RETURNED during the grace where it was admitted',
      { kind: 'RETURNED' },
      TICKET,
      { ...restoring, watermarkAtLoss: FACTS.sequence },
    ],
    ['ACTIVE until its ticket says', { kind: 'ACTIVE', sessionExpiresAt: 501 }, SESSION, restoring],
    ['over where its session is over', { kind: 'ENDED', reason: 'EXPIRED' }, LAPSED, restoring],
  ])('%s', (_, expected, ticket, room) => {
    expect(restore(ticket, { ...room, config }, NOW)).toEqual(expected);
  });
});
