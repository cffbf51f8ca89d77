import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { type RoomPorts, type TestRoom, openRoom, openRoomWithLine } from './contract-room.ts';
import { eventually } from '../shared/contract-support.ts';

const SHORT_MS = 120;

/** Claiming, parking and coming back. */
export function describeReturns(ports: () => RoomPorts): void {
  describe('claims and returns', () => {
    it('starts the session when the fan shows up, once, for as long as the policy said at the admission', async () => {
      const { room, line } = await openRoomWithLine(ports(), 1, { sessionTtlMs: 45_678 });
      await room.admit();
      await room.change({ sessionTtlMs: 100 });
      const { token, asOf } = await room.look(line[0]!);
      expect(token).toMatchObject({ status: 'ACTIVE', sessionExpiresAt: asOf + 45_678 });
      expect((await room.look(line[0]!)).token).toEqual(token);
      expect((await room.join(token.userId)).token).toEqual(token);
    });

    it('counts joining again as showing up', async () => {
      const { room, line } = await openRoomWithLine(ports(), 1);
      await room.admit();
      const again = await room.join(line[0]!.userId);
      expect(again).toMatchObject({
        created: false,
        token: { status: 'ACTIVE', sequence: line[0]!.sequence },
      });
    });

    it('parks those who do not show up, and does not take being looked for as showing up', async () => {
      const { room, line } = await openRoomWithLine(ports(), 2, { claimTtlMs: SHORT_MS });
      await room.admit();
      expect((await room.counts()).active).toBe(2);
      let parked = 0;
      await eventually(async () => {
        await room.find(line[0]!.userId);
        parked += (await room.expire()).parked;
        expect(await room.counts()).toMatchObject({ parked: 2, active: 0, waiting: 0, admittedTotal: 2 });
        expect(parked).toBe(2);
      });
      expect(await room.expire()).toEqual({ parked: 0, expired: 0 });
    });

    it('counts a missed claim as parked before a worker has written it, and keeps a closed room listed for it', async () => {
      const { room } = await openRoomWithLine(ports(), 2, { claimTtlMs: SHORT_MS });
      await room.admit();
      await room.close();
      await eventually(async () =>
        expect(await room.counts()).toMatchObject({ waiting: 0, parked: 2, active: 0 }),
      );
      expect(await room.admit()).toEqual({ admitted: 0, waiting: 2, active: 0 });
      expect(await ports().waitingRoom.list()).toContain(room.concertId);
    });

    it('gives the slot of those who do not show up to the next, with no janitor at work', async () => {
      const { room, line } = await openRoomWithLine(ports(), 2, { maxActive: 1, claimTtlMs: SHORT_MS });
      expect((await room.admit()).admitted).toBe(1);
      await room.change({ claimTtlMs: 60_000 });
      await eventually(async () => expect((await room.admit()).admitted).toBe(1));
      expect(await room.see([line[1]!, line[0]!])).toEqual(['ACTIVE', 'parked']);
    });

    it('keeps a parked fan out of the positions, and lets the returned in first', async () => {
      const { room, line } = await withParked(ports(), 1, 2);
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.see([line[1]!, line[2]!])).toEqual(['ACTIVE', 1]);
      expect(await room.see([line[0]!, line[2]!])).toEqual(['parked', 1]);
      expect(await room.counts()).toMatchObject({ waiting: 1, parked: 1, active: 1 });
      await room.end(line[1]!, 'LEFT');
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.see([line[2]!, line[0]!])).toEqual([1, 'ACTIVE']);
    });

    it('lets the returned in by their sequences, whoever came back first', async () => {
      const { room, line } = await withParked(ports(), 3, 1);
      expect(await room.see([line[2]!, line[1]!])).toEqual(['parked', 'parked']);
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.see([line[2]!, line[1]!, line[3]!])).toEqual(['parked', 'ACTIVE', 1]);
      await room.end(line[1]!, 'LEFT');
      await room.admit();
      expect(await room.see([line[2]!, line[3]!])).toEqual(['ACTIVE', 1]);
    });

    it('shares the allowance of a window with those who return', async () => {
      const { room, line } = await withParked(ports(), 2, 1);
      await room.change({ batchSize: 3, maxActive: null });
      await room.see([line[0]!, line[1]!]);
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.see(line)).toEqual(['ACTIVE', 'parked', 1]);
    });

    it('lets no newcomer in at once while somebody is parked or has returned', async () => {
      const { room, line } = await withParked(ports(), 1, 0);
      const first = await room.join();
      expect(first.token).toMatchObject({ status: 'WAITING', position: 1 });
      await room.end(first.token, 'LEFT');
      expect(await room.see(line)).toEqual(['parked']);
      expect((await room.join()).token.status).toBe('WAITING');
    });

    it('keeps the place of a parked fan who joins again', async () => {
      const { room, line } = await withParked(ports(), 1, 1);
      const again = await room.join(line[0]!.userId);
      const place = { sequence: line[0]!.sequence, status: 'WAITING', parked: true, position: 0 };
      expect(again).toMatchObject({ created: false, token: place });
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.see([line[0]!, line[1]!])).toEqual(['ACTIVE', 1]);
    });

    it('parks a returned fan again who is admitted and does not show up', async () => {
      const { room, line } = await withParked(ports(), 1, 0);
      await room.see(line);
      await room.change({ claimTtlMs: SHORT_MS });
      expect((await room.admit()).admitted).toBe(1);
      await eventually(async () => expect((await room.expire()).parked).toBe(1));
      expect(await room.see(line)).toEqual(['parked']);
    });

    it('ends a place that nobody came back to', async () => {
      const opened = await openRoomWithLine(ports(), 2, { claimTtlMs: SHORT_MS, parkRetentionMs: SHORT_MS });
      const { room, line } = opened;
      await room.admit();
      await eventually(async () => {
        await room.expire();
        expect(await room.counts()).toMatchObject({ parked: 0, active: 0, waiting: 0 });
      });
      expect(await room.see(line)).toEqual(['EXPIRED', 'EXPIRED']);
      const { created, token } = await room.join(line[0]!.userId);
      expect(created).toBe(true);
      expect(token.sequence).toBeGreaterThan(line[1]!.sequence);
    });

    it('does not keep a slot for those who are let in at once: the session is the only limit', async () => {
      const room = await openRoom(ports(), { claimTtlMs: SHORT_MS });
      const { token } = await room.join();
      const { asOf } = await room.counts();
      await eventually(async () => expect((await room.counts()).asOf).toBeGreaterThan(asOf + 2 * SHORT_MS));
      expect(await room.expire()).toEqual({ parked: 0, expired: 0 });
      expect((await room.look(token)).token).toEqual(token);
    });
  });
}

type Opened = { readonly room: TestRoom; readonly line: readonly QueueToken[] };

/** A line whose first fans were admitted and did not show up. From then on nothing lapses by itself. */
async function withParked(ports: RoomPorts, parked: number, waiting: number): Promise<Opened> {
  const admission = { batchSize: 100, maxActive: parked, claimTtlMs: SHORT_MS };
  const opened = await openRoomWithLine(ports, parked + waiting, admission);
  const { room } = opened;
  expect((await room.admit()).admitted).toBe(parked);
  await room.change({ claimTtlMs: 60_000, maxActive: 1 });
  await eventually(async () => {
    await room.expire();
    expect((await room.counts()).parked).toBe(parked);
  });
  return opened;
}
