import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { type RoomPorts, type TestRoom, openRoom, openRoomWithLine } from './contract-room.ts';
import { eventually } from '../shared/contract-support.ts';

const SHORT_MS = 120;

/** Claims, parking and returns. */
export function describeReturns(ports: () => RoomPorts): void {
  describe('claims and returns', () => {
    it('starts the session at the check-in, once, for the length that the policy had at the admission', async () => {
      const { room, line } = await openRoomWithLine(ports(), 1, { sessionTtlMs: 45_678 });
      await room.admit();
      await room.changePolicy({ sessionTtlMs: 100 });
      const { token, asOf } = await room.checkIn(line[0]!);
      expect(token).toMatchObject({ status: 'ACTIVE', sessionExpiresAt: asOf + 45_678 });
      expect((await room.checkIn(line[0]!)).token).toEqual(token);
      expect((await room.join(token.userId)).token).toEqual(token);
    });

    it('counts a repeated join as a check-in', async () => {
      const { room, line } = await openRoomWithLine(ports(), 1);
      await room.admit();
      const again = await room.join(line[0]!.userId);
      expect(again).toMatchObject({
        created: false,
        token: { status: 'ACTIVE', sequence: line[0]!.sequence },
      });
    });

    it('parks a place without a check-in, and does not count placeOf as one', async () => {
      const { room, line } = await openRoomWithLine(ports(), 2, { claimTtlMs: SHORT_MS });
      expect(await room.admit()).toMatchObject({ admitted: 2, active: 2 });
      let parked = 0;
      await eventually(async () => {
        await room.placeOf(line[0]!.userId);
        parked += (await room.expire()).parked;
        expect(await room.statistics()).toMatchObject({ parked: 2, active: 0, waiting: 0, admittedTotal: 2 });
        expect(parked).toBe(2);
      });
      expect(await room.expire()).toEqual({ parked: 0, expired: 0 });
    });

    it('counts a missed claim as parked before a worker has written it, and keeps a closed room listed for it', async () => {
      const { room } = await openRoomWithLine(ports(), 2, { claimTtlMs: SHORT_MS });
      await room.admit();
      await room.close();
      await eventually(async () =>
        expect(await room.statistics()).toMatchObject({ waiting: 0, parked: 2, active: 0 }),
      );
      expect(await room.admit()).toEqual({ admitted: 0, waiting: 2, active: 0 });
      expect(await ports().waitingRoom.list()).toContain(room.concertId);
    });

    it('gives the slot of a missed claim to the next place without a worker', async () => {
      const { room, line } = await openRoomWithLine(ports(), 2, { maxActive: 1, claimTtlMs: SHORT_MS });
      expect((await room.admit()).admitted).toBe(1);
      await room.changePolicy({ claimTtlMs: 600_000 });
      await eventually(async () => expect((await room.admit()).admitted).toBe(1));
      expect(await room.checkInAll([line[1]!, line[0]!])).toEqual(['ACTIVE', 'parked']);
    });

    it('leaves a parked place out of the positions, and admits a returned one first', async () => {
      const { room, line } = await withParked(ports(), 1, 2);
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.checkInAll([line[1]!, line[2]!])).toEqual(['ACTIVE', 1]);
      expect(await room.checkInAll([line[0]!, line[2]!])).toEqual(['parked', 1]);
      expect(await room.statistics()).toMatchObject({ waiting: 1, parked: 1, active: 1 });
      await room.end(line[1]!, 'LEFT');
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.checkInAll([line[2]!, line[0]!])).toEqual([1, 'ACTIVE']);
    });

    it('admits returned places by sequence, not by the order of their check-ins', async () => {
      const { room, line } = await withParked(ports(), 3, 1);
      expect(await room.checkInAll([line[2]!, line[1]!])).toEqual(['parked', 'parked']);
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.checkInAll([line[2]!, line[1]!, line[3]!])).toEqual(['parked', 'ACTIVE', 1]);
      await room.end(line[1]!, 'LEFT');
      await room.admit();
      expect(await room.checkInAll([line[2]!, line[3]!])).toEqual(['ACTIVE', 1]);
    });

    it('shares the allowance of a window with returned places', async () => {
      const { room, line } = await withParked(ports(), 2, 1);
      await room.changePolicy({ batchSize: 3, maxActive: null });
      await room.checkInAll([line[0]!, line[1]!]);
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.checkInAll(line)).toEqual(['ACTIVE', 'parked', 1]);
    });

    it('admits no new place at once while another is parked or has returned', async () => {
      const { room, line } = await withParked(ports(), 1, 0);
      const first = await room.join();
      expect(first.token).toMatchObject({ status: 'WAITING', position: 1 });
      await room.end(first.token, 'LEFT');
      expect(await room.checkInAll(line)).toEqual(['parked']);
      expect((await room.join()).token.status).toBe('WAITING');
    });

    it('returns the parked place of a fan who joins again', async () => {
      const { room, line } = await withParked(ports(), 1, 1);
      const again = await room.join(line[0]!.userId);
      const place = { sequence: line[0]!.sequence, status: 'WAITING', parked: true, position: 0 };
      expect(again).toMatchObject({ created: false, token: place });
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.checkInAll([line[0]!, line[1]!])).toEqual(['ACTIVE', 1]);
    });

    it('parks a returned place again after a second missed claim', async () => {
      const { room, line } = await withParked(ports(), 1, 0);
      await room.checkInAll(line);
      await room.changePolicy({ claimTtlMs: SHORT_MS });
      expect((await room.admit()).admitted).toBe(1);
      await eventually(async () => expect((await room.expire()).parked).toBe(1));
      expect(await room.checkInAll(line)).toEqual(['parked']);
    });

    it('ends a parked place without a check-in', async () => {
      const opened = await openRoomWithLine(ports(), 2, { claimTtlMs: SHORT_MS, parkRetentionMs: SHORT_MS });
      const { room, line } = opened;
      await room.admit();
      await eventually(async () => {
        await room.expire();
        expect(await room.statistics()).toMatchObject({ parked: 0, active: 0, waiting: 0 });
      });
      expect(await room.checkInAll(line)).toEqual(['EXPIRED', 'EXPIRED']);
      const { created, token } = await room.join(line[0]!.userId);
      expect(created).toBe(true);
      expect(token.sequence).toBeGreaterThan(line[1]!.sequence);
    });

    it('has no claim window for a place that was admitted at once', async () => {
      const room = await openRoom(ports(), { claimTtlMs: SHORT_MS });
      const { token } = await room.join();
      const { asOf } = await room.statistics();
      await eventually(async () =>
        expect((await room.statistics()).asOf).toBeGreaterThan(asOf + 2 * SHORT_MS),
      );
      expect(await room.expire()).toEqual({ parked: 0, expired: 0 });
      expect((await room.checkIn(token)).token).toEqual(token);
    });
  });
}

type Opened = { readonly room: TestRoom; readonly line: readonly QueueToken[] };

/** A line whose first places missed their claim window. No later deadline passes during a test. */
async function withParked(ports: RoomPorts, parked: number, waiting: number): Promise<Opened> {
  const admission = { batchSize: 100, maxActive: parked, claimTtlMs: SHORT_MS };
  const opened = await openRoomWithLine(ports, parked + waiting, admission);
  const { room } = opened;
  expect((await room.admit()).admitted).toBe(parked);
  await room.changePolicy({ claimTtlMs: 600_000, maxActive: 1 });
  await eventually(async () => {
    await room.expire();
    expect((await room.statistics()).parked).toBe(parked);
  });
  return opened;
}
