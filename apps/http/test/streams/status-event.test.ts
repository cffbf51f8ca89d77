import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import { describe, expect, it } from 'vitest';
import { hasChanged, statusEvent, sentBefore, hasSeenEnd } from '../../src/streams/status-event.ts';

const ASOF = Date.UTC(2026, 11, 1, 11);

function status(facts: Partial<QueueStatus> = {}): QueueStatus {
  return {
    concertId: 'c',
    status: 'WAITING',
    sequence: 7,
    room: 'OPEN',
    reason: null,
    seatsReturned: 0,
    position: 40,
    parked: false,
    estimatedWaitSeconds: 100,
    pollAfterMs: 20_000,
    issuedAt: ASOF - 5_000,
    asOf: ASOF,
    sessionExpiresAt: null,
    ...facts,
  };
}

const idOf = (of: QueueStatus) => /^id: (.*)$/m.exec(statusEvent(of))?.[1];
const changeFor = (lastEventId: string | undefined, next: QueueStatus) =>
  hasChanged(sentBefore(lastEventId, next), next);
const later = (facts: Partial<QueueStatus>) => status({ asOf: ASOF + 1_000, ...facts });

const paused = (reason: string) => status({ room: 'PAUSED', reason });

it('has an id of one line of ASCII, whatever the reason of a pause', () => {
  const id = idOf(paused('가격 “오류”\n2'));
  expect(id).toMatch(/^[\x21-\x7e]+$/);
  expect(changeFor(id, paused('가격 “오류”\n2'))).toBe(false);
  expect(changeFor(id, paused('Another'))).toBe(true);
});

describe('a status has changed', () => {
  it('when a member that the fan sees differs', () => {
    const sent = { asOf: ASOF, status: status() };
    expect(hasChanged(sent, later({ pollAfterMs: 1 }))).toBe(false);
    for (const facts of [
      { position: 39 },
      { position: null },
      { seatsReturned: 1 },
      { seatsReturned: null },
      { room: 'PAUSED' },
      { parked: true },
      { status: 'ACTIVE' },
      { sessionExpiresAt: 1 },
      { estimatedWaitSeconds: null },
      { token: 'a new ticket' },
    ] as const)
      expect(hasChanged(sent, later(facts))).toBe(true);
  });

  it('when the estimate differs by more than 5 %', () => {
    const sent = { asOf: ASOF, status: status() };
    const isOff = (estimatedWaitSeconds: number) => hasChanged(sent, later({ estimatedWaitSeconds }));
    expect([95, 100, 105].map(isOff)).toEqual([false, false, false]);
    expect([94, 106].map(isOff)).toEqual([true, true]);
    expect(hasChanged({ asOf: ASOF, status: status({ estimatedWaitSeconds: 0 }) }, later({}))).toBe(true);
  });

  it('not when it is older than the status of another process that the client has received', () => {
    const id = idOf(status({ position: 30 }));
    expect(changeFor(id, status({ asOf: ASOF - 800, position: 33 }))).toBe(false);
    expect(changeFor(id, status({ asOf: ASOF + 200, position: 29 }))).toBe(true);
    expect(changeFor(id, status({ asOf: ASOF - 800, status: 'LEFT', position: null }))).toBe(true);
    expect(changeFor(id, status({ asOf: ASOF - 60_000, position: 33 }))).toBe(true);
  });

  it('not when the client has received it from any process', () => {
    expect(changeFor(idOf(status()), later({}))).toBe(false);
    expect(changeFor(idOf(status()), later({ position: 39 }))).toBe(true);
    expect(changeFor(idOf(status()), later({ issuedAt: ASOF }))).toBe(true);
    for (const foreign of [undefined, '', '17', 'x.y', '9'.repeat(400), '1e999.WAITING'])
      expect(changeFor(foreign, status())).toBe(true);
  });
});

describe('an end', () => {
  it('is sent once', () => {
    const end = status({ status: 'LEFT', position: null });
    expect(statusEvent(end)).toMatch(/^event: end\n/);
    expect(hasSeenEnd(idOf(end), { ...end, asOf: ASOF + 60_000, room: 'SOLD_OUT' })).toBe(true);
    expect(hasSeenEnd(idOf(status()), end)).toBe(false);
    expect(hasSeenEnd(idOf(end), { ...end, issuedAt: ASOF })).toBe(false);
    expect(hasSeenEnd(idOf(status()), status())).toBe(false);
    expect(hasSeenEnd(undefined, end)).toBe(false);
  });
});
