import { describe, expect, it } from 'vitest';
import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type RoomPorts, type TestRoom, openRoom, openRoomWithLine, poll } from './contract-room.ts';
import { eventually } from '../shared/contract-support.ts';

const SHORT_MS = 150;

/** How a place ends, and what remains of it. */
export function describeEnds(ports: () => RoomPorts): void {
  describe('ends', () => {
    it.each(['COMPLETED', 'LEFT', 'EXPIRED'] as const)(
      'answers %s for a place that ended so',
      async (reason) => {
        const room = await openRoom(ports(), { batchSize: 1 });
        const [active, waiting] = await room.joinMany(2);
        for (const token of [active!, waiting!]) {
          await room.end(token, reason);
          const { concertId, userId, sequence, issuedAt } = token;
          const ended = { concertId, userId, sequence, issuedAt, status: reason };
          expect((await room.checkIn(token)).token).toEqual(ended);
          expect(await room.placeOf(userId)).toBeNull();
        }
        expect(await room.statistics()).toMatchObject({ waiting: 0, active: 0, parked: 0 });
      },
    );

    it('keeps the first reason', async () => {
      const room = await openRoom(ports());
      const { token } = await room.join();
      await room.end(token, 'COMPLETED');
      await room.end(token, 'LEFT');
      expect(await room.checkInAll([token])).toEqual(['COMPLETED']);
      expect((await room.statistics()).completedTotal).toBe(1);
    });

    it('ends a hundred places at the same moment, each by itself', async () => {
      const room = await openRoom(ports(), { maxActive: 60 });
      const tokens = await room.joinMany(100);
      const again = tokens.slice(0, 5);
      for (const token of again) await room.end(token, 'LEFT');
      await Promise.all(tokens.map((token, index) => room.end(token, index % 2 ? 'LEFT' : 'COMPLETED', 1)));
      const reasons = tokens.map((_, index) => (index < 5 || index % 2 ? 'LEFT' : 'COMPLETED'));
      expect(await room.checkInAll(tokens)).toEqual(reasons);
      const { completedTotal, waiting, active } = await room.statistics();
      expect([completedTotal, waiting, active]).toEqual([47, 0, 0]);
    });

    it('counts the completed places only', async () => {
      const room = await openRoom(ports());
      const [one, other, third] = await room.joinMany(3);
      await room.end(one!, 'COMPLETED');
      await room.end(other!, 'LEFT');
      await room.end(third!, 'COMPLETED');
      expect(await room.statistics()).toMatchObject({ completedTotal: 2, admittedTotal: 3, active: 0 });
    });

    it('lets the user join again, at the end of the line', async () => {
      const { room, line } = await openRoomWithLine(ports(), 2);
      await room.end(line[0]!, 'LEFT');
      const again = await room.join(line[0]!.userId);
      expect(again).toMatchObject({ created: true, token: { status: 'WAITING', position: 2 } });
      expect(again.token.sequence).toBeGreaterThan(line[1]!.sequence);
      expect(await room.checkInAll([line[0]!])).toEqual(['LEFT']);
    });

    it('ends no later place of the same user, even when the end arrives late', async () => {
      const room = await openRoom(ports());
      const { token: first } = await room.join();
      await room.end(first, 'COMPLETED');
      const { token: later } = await room.join(first.userId);
      expect(later.sequence).toBeGreaterThan(first.sequence);
      await room.end(first, 'COMPLETED');
      await room.end(first, 'EXPIRED');
      expect(await room.checkInAll([first, later])).toEqual(['COMPLETED', 'ACTIVE']);
      expect(await room.placeOf(first.userId)).toMatchObject({ sequence: later.sequence });
      expect((await room.statistics()).completedTotal).toBe(1);
    });

    it('ends a session at its end without a worker', async () => {
      const room = await openRoom(ports(), { sessionTtlMs: SHORT_MS, maxActive: 1 });
      const { token } = await room.join();
      await room.changePolicy({ state: 'PAUSED' }); // the next fan waits, also if the session is over by now
      const { token: next } = await room.join();
      expect([token.status, next.status]).toEqual(['ACTIVE', 'WAITING']);
      await eventually(async () => expect(await room.checkInAll([token])).toEqual(['EXPIRED']));
      const { asOf } = await room.statistics();
      expect(asOf).toBeGreaterThanOrEqual(token.issuedAt + SHORT_MS);
      await room.changePolicy({ state: 'RUNNING' });
      expect((await room.admit()).admitted).toBe(1);
      const again = await room.join(token.userId);
      expect(again.created).toBe(true);
      expect(again.token.sequence).toBeGreaterThan(next.sequence);
    });

    it.each<[string, (room: TestRoom, token: QueueToken) => Promise<unknown>]>([
      ['a check-in', (room, token) => room.checkIn(token)],
      ['a join', (room, { userId }) => room.join(userId)],
      ['a worker', (room) => room.expire()],
      ['a poll', (_, token) => poll(ports().waitingRoom, token)],
    ])('has the end of a place by time in the database once %s has seen it', async (_, see) => {
      const short = { sessionTtlMs: SHORT_MS, parkRetentionMs: SHORT_MS };
      const { room, line } = await openRoomWithLine(ports(), 2, { ...short, batchSize: 1 });
      await room.admit();
      const [first, absent] = line;
      const { token: active } = await room.checkIn(first!);
      await room.changePolicy({ claimTtlMs: SHORT_MS, batchSize: 2 });
      expect((await room.admit()).admitted).toBe(1);
      await eventually(async () => {
        for (const { userId } of line) expect(await room.placeOf(userId)).toBeNull();
      });
      for (const token of [active, absent!]) {
        await see(room, token);
        expect(await ports().queueEndReads.find(token)).toBe('EXPIRED');
      }
    });

    it('frees the slot and the user of a session that is over without a check-in', async () => {
      const room = await openRoom(ports(), { sessionTtlMs: SHORT_MS });
      const { token } = await room.join();
      await eventually(async () => expect((await room.statistics()).active).toBe(0));
      expect(await room.placeOf(token.userId)).toBeNull();
      expect(await room.join(token.userId)).toMatchObject({ created: true });
    });

    it('expires at most `limit` sessions in one call', async () => {
      const room = await openRoom(ports(), { sessionTtlMs: SHORT_MS });
      const tokens = await room.joinMany(5);
      await room.changePolicy({ sessionTtlMs: 600_000 });
      const { token: fresh } = await room.join();
      await eventually(async () => expect((await room.statistics()).active).toBe(1));
      expect(await room.expire(2)).toEqual({ parked: 0, expired: 2 });
      expect(await room.expire()).toEqual({ parked: 0, expired: 3 });
      expect(await room.expire()).toEqual({ parked: 0, expired: 0 });
      expect(await room.checkInAll(tokens)).toEqual(tokens.map(() => 'EXPIRED'));
      expect(await room.checkInAll([fresh])).toEqual(['ACTIVE']);
    });

    it('does not change a session that has begun', async () => {
      const room = await openRoom(ports(), { sessionTtlMs: 600_000 });
      const { token } = await room.join();
      for (const sessionTtlMs of [100, 1_000_000]) {
        await room.changePolicy({ sessionTtlMs });
        expect((await room.checkIn(token)).token).toEqual(token);
      }
    });
  });
}
