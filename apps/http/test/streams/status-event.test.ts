import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import { describe, expect, it } from 'vitest';
import { hasChanged, statusEvent, sentBefore, hasSeenEnd } from '../../src/streams/status-event.ts';

const ASOF = Date.UTC(2026, 11, 1, 11);

function status(facts: Partial<QueueStatus> = {}): QueueStatus {
  return {
    concertId: 'c',
    status: 'WAITING',
    room: 'OPEN',
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
const newsFor = (lastEventId: string | undefined, next: QueueStatus) =>
  hasChanged(sentBefore(lastEventId, next), next);
const later = (facts: Partial<QueueStatus>) => status({ asOf: ASOF + 1_000, ...facts });

describe('what is news', () => {
  it('is whatever the fan sees, and nothing else', () => {
    const told = { asOf: ASOF, status: status() };
    expect(hasChanged(told, later({ pollAfterMs: 1 }))).toBe(false);
    for (const facts of [
      { position: 39 },
      { position: null },
      { room: 'PAUSED' },
      { parked: true },
      { status: 'ACTIVE' },
      { sessionExpiresAt: 1 },
      { estimatedWaitSeconds: null },
      { token: 'signed anew' },
    ] as const)
      expect(hasChanged(told, later(facts))).toBe(true);
  });

  it('is an estimate that is off by more than a reader who counts down would show', () => {
    const told = { asOf: ASOF, status: status() };
    const isOff = (estimatedWaitSeconds: number) => hasChanged(told, later({ estimatedWaitSeconds }));
    expect([95, 100, 105].map(isOff)).toEqual([false, false, false]);
    expect([94, 106].map(isOff)).toEqual([true, true]);
    expect(hasChanged({ asOf: ASOF, status: status({ estimatedWaitSeconds: 0 }) }, later({}))).toBe(true);
  });

  it('is nothing that is older than what was told, as when another process shows an older snapshot', () => {
    const id = idOf(status({ position: 30 }));
    expect(newsFor(id, status({ asOf: ASOF - 800, position: 33 }))).toBe(false);
    expect(newsFor(id, status({ asOf: ASOF + 200, position: 29 }))).toBe(true);
    expect(newsFor(id, status({ asOf: ASOF - 800, status: 'LEFT', position: null }))).toBe(true);
    expect(newsFor(id, status({ asOf: ASOF - 60_000, position: 33 }))).toBe(true);
  });

  it('is nothing that the reader has seen, in whichever process', () => {
    expect(newsFor(idOf(status()), later({}))).toBe(false);
    expect(newsFor(idOf(status()), later({ position: 39 }))).toBe(true);
    expect(newsFor(idOf(status()), later({ issuedAt: ASOF }))).toBe(true);
    for (const foreign of [undefined, '', '17', 'x.y', '9'.repeat(400), '1e999.WAITING'])
      expect(newsFor(foreign, status())).toBe(true);
  });
});

describe('an end', () => {
  it('is told once', () => {
    const end = status({ status: 'LEFT', position: null });
    expect(statusEvent(end)).toMatch(/^event: end\n/);
    expect(hasSeenEnd(idOf(end), { ...end, asOf: ASOF + 60_000, room: 'SOLD_OUT' })).toBe(true);
    expect(hasSeenEnd(idOf(status()), end)).toBe(false);
    expect(hasSeenEnd(idOf(end), { ...end, issuedAt: ASOF })).toBe(false);
    expect(hasSeenEnd(idOf(status()), status())).toBe(false);
    expect(hasSeenEnd(undefined, end)).toBe(false);
  });
});
