import { ADMISSION_POLICY_DEFAULT, type AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import { ENDED_TOKEN_RETENTION_MS } from '@frontrow/domain/shared/limits.ts';
import type { QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../src/memory/store/manual-clock.ts';
import { createMemoryTestPorts } from '../memory-test-ports.ts';
import { createMemoryWaitingRoom } from '../../../src/memory/waiting-room/waiting-room.ts';

const START = 1_000_000;
const CONCERT = 'concert';

/** The contract runs on real clocks, so only these tests are exact to the millisecond. */
function openRoom(admission: Partial<AdmissionPolicy>) {
  const clock = createManualClock(START);
  const window = { reservationStartAt: START, reservationEndAt: START + 10_000_000 };
  const config = { version: 1, admission: { ...ADMISSION_POLICY_DEFAULT, ...admission }, windows: [window] };
  const room = createMemoryWaitingRoom({
    clock,
    transact: createMemoryTestPorts(clock).transact,
    roomRecords: {
      find: async () => ({ epoch: 0, watermark: 0, config }),
      raiseEpoch: async () => true,
      saveWatermark: async () => undefined,
      listOpened: async () => [],
    },
  });
  return {
    clock,
    admit: async () => (await room.admit(CONCERT)).admitted,
    expire: () => room.expire(CONCERT, 10),
    end: (token: QueueToken) => room.end(token, 'LEFT'),
    join: async (userId: string) => {
      const joined = await room.join(CONCERT, userId);
      if (joined === null) throw new Error('the concert is known');
      return joined.token;
    },
    statusOf: async (token: QueueToken) => {
      const ticket: Ticket = { ...token, sessionExpiresAt: null };
      const seen = (await room.checkIn(ticket)).token;
      return seen.status === 'WAITING' && seen.parked ? 'PARKED' : seen.status;
    },
  };
}

describe('the memory waiting room, to the millisecond', () => {
  it('keeps an offer until just before the claim window ends, then parks', async () => {
    for (const [afterMs, status] of [
      [99, 'ACTIVE'],
      [100, 'PARKED'],
    ] as const) {
      const { join, admit, statusOf, clock } = openRoom({ maxActive: 1, claimTtlMs: 100, sessionTtlMs: 50 });
      await join('first');
      const next = await join('next');
      clock.advance(50);
      expect(await admit()).toBe(1);
      clock.advance(afterMs);
      expect(await statusOf(next)).toBe(status);
    }
  });

  it('returns a parked place until just before the retention ends, counted from the missed claim', async () => {
    for (const [afterMs, status] of [
      [299, 'PARKED'],
      [300, 'EXPIRED'],
    ] as const) {
      for (const isTidied of [true, false]) {
        const opened = openRoom({ maxActive: 1, claimTtlMs: 100, parkRetentionMs: 200, sessionTtlMs: 50 });
        const { join, admit, statusOf, expire, clock } = opened;
        await join('first');
        const next = await join('next');
        clock.advance(50);
        await admit();
        clock.advance(afterMs - 10);
        if (isTidied) await expire();
        clock.advance(10);
        expect(await statusOf(next)).toBe(status);
      }
    }
  });

  it('ends a session at its moment, and frees its slot', async () => {
    const { join, admit, statusOf, clock } = openRoom({ maxActive: 1, sessionTtlMs: 100 });
    const first = await join('first');
    const next = await join('next');
    clock.advance(99);
    expect([await statusOf(first), await admit()]).toEqual(['ACTIVE', 0]);
    clock.advance(1);
    expect([await admit(), await statusOf(first), await statusOf(next)]).toEqual([1, 'EXPIRED', 'ACTIVE']);
  });

  it('opens the next window exactly an interval after the last, and lets an unused allowance lapse', async () => {
    const { join, admit, clock } = openRoom({ batchSize: 2, intervalMs: 100 });
    for (const user of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await join(user);
    clock.advance(99);
    expect(await admit()).toBe(0);
    clock.advance(1);
    expect(await admit()).toBe(2);
    clock.advance(950);
    expect([await admit(), await admit()]).toEqual([2, 0]);
    clock.advance(100);
    expect(await admit()).toBe(1);
  });

  it('answers the reason of an end during its retention, then EXPIRED', async () => {
    const { join, statusOf, end, expire, clock } = openRoom({});
    const token = await join('fan');
    await end(token);
    clock.advance(ENDED_TOKEN_RETENTION_MS - 1);
    await expire();
    expect(await statusOf(token)).toBe('LEFT');
    clock.advance(1);
    expect(await statusOf(token)).toBe('EXPIRED');
    await expire();
    expect(await statusOf(token)).toBe('EXPIRED');
  });
});
