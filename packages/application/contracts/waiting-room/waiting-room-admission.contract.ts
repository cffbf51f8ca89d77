import { describe, expect, it } from 'vitest';
import { type RoomPorts, openRoom, openRoomWithLine } from './contract-room.ts';
import { HOUR_MS } from '../shared/contract-builders.ts';
import { eventually } from '../shared/contract-support.ts';

/** Who is admitted, when, and how many. */
export function describeAdmission(ports: () => RoomPorts): void {
  describe('admission', () => {
    it('admits a new place at once where nobody waits, and starts its session', async () => {
      const room = await openRoom(ports(), { sessionTtlMs: 45_678 });
      const { token, asOf } = await room.join();
      expect(token).toMatchObject({ status: 'ACTIVE', sessionExpiresAt: asOf + 45_678 });
      expect((await room.checkIn(token)).token).toEqual(token);
      expect(await room.statistics()).toMatchObject({ waiting: 0, active: 1, admittedTotal: 1 });
    });

    it('puts a new place behind those that wait', async () => {
      const { room, line } = await openRoomWithLine(ports(), 2);
      const last = await room.join();
      expect(last.token).toMatchObject({ status: 'WAITING', position: 3 });
      expect(await room.admit()).toEqual({ admitted: 3, waiting: 0, active: 3 });
      expect(await room.checkInAll([...line, last.token])).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
    });

    it('admits in the order of the sequences, as many as the window allows', async () => {
      const { room, line } = await openRoomWithLine(ports(), 7, { batchSize: 3 });
      expect(await room.admit()).toEqual({ admitted: 3, waiting: 4, active: 3 });
      expect(await room.admit()).toEqual({ admitted: 0, waiting: 4, active: 3 });
      expect(await room.checkInAll(line)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 1, 2, 3, 4]);
    });

    it('keeps to maxActive, at once and by tick, and fills a freed slot', async () => {
      const room = await openRoom(ports(), { maxActive: 2 });
      const tokens = await room.joinMany(5);
      expect(await room.checkInAll(tokens)).toEqual(['ACTIVE', 'ACTIVE', 1, 2, 3]);
      expect((await room.admit()).admitted).toBe(0);
      await room.end(tokens[0]!, 'LEFT');
      expect(await room.admit()).toEqual({ admitted: 1, waiting: 2, active: 2 });
      await room.changePolicy({ maxActive: 1 });
      expect((await room.admit()).admitted).toBe(0);
      await room.changePolicy({ maxActive: null });
      expect((await room.admit()).admitted).toBe(2);
    });

    it('admits nobody while paused', async () => {
      const room = await openRoom(ports(), { state: 'PAUSED' });
      const { token } = await room.join();
      expect((await room.admit()).admitted).toBe(0);
      expect([await room.state(), await room.checkInAll([token])]).toEqual(['PAUSED', [1]]);
      await room.changePolicy({ state: 'RUNNING' });
      expect((await room.admit()).admitted).toBe(1);
    });

    it('admits nobody before a date is bookable, and then without any change of the room', async () => {
      const opensAt = Date.now() + 3_000;
      const room = await openRoom(ports(), {}, { reservationStartAt: opensAt });
      const { token } = await room.join();
      expect([token.status, await room.state(), (await room.admit()).admitted]).toEqual([
        'WAITING',
        'NOT_OPEN',
        0,
      ]);
      await eventually(async () => expect((await room.admit()).admitted).toBe(1));
      const { token: active, asOf } = await room.checkIn(token);
      expect(active.status).toBe('ACTIVE');
      expect(asOf).toBeGreaterThanOrEqual(opensAt);
    });

    it('admits nobody after the last date has closed', async () => {
      const room = await openRoom(ports(), {}, { reservationEndAt: Date.now() - HOUR_MS / 2 });
      expect((await room.join()).token.status).toBe('WAITING');
      expect([await room.state(), (await room.admit()).admitted]).toEqual(['CLOSED', 0]);
    });

    it('accepts a newer configuration and ignores an older one', async () => {
      const room = await openRoom(ports(), { state: 'PAUSED', batchSize: 1 });
      await room.join();
      const { config: old } = (await room.statistics()).room;
      await room.changePolicy({ batchSize: 2 });
      const { config: present } = (await room.statistics()).room;
      expect(present.version).toBeGreaterThan(old.version);
      await ports().waitingRoom.configure(room.concertId, old);
      expect((await room.statistics()).room.config).toEqual(present);
      const newer = { ...present, version: present.version + 7, windows: [] };
      await ports().waitingRoom.configure(room.concertId, newer);
      expect((await room.statistics()).room.config).toEqual(newer);
      expect(await room.state()).toBe('NOT_OPEN');
    });

    it('reports the percentiles of the realised waits', async () => {
      const { room, line } = await openRoomWithLine(ports(), 3, { batchSize: 2 });
      expect((await room.statistics()).waits).toBeNull();
      await room.admit();
      await room.checkInAll(line);
      await room.checkInAll(line);
      const { p50Ms, p90Ms, p99Ms } = (await room.statistics()).waits!;
      expect(p50Ms).toBeGreaterThanOrEqual(1_000);
      expect([p50Ms, p90Ms, p99Ms]).toEqual([p50Ms, p90Ms, p99Ms].toSorted((a, b) => a - b));
    });

    it('reports the last tick, also one that admitted nobody', async () => {
      const room = await openRoom(ports());
      await room.join();
      expect((await room.statistics()).lastTickAt).toBeNull();
      await room.admit();
      const { lastTickAt, asOf } = await room.statistics();
      expect(lastTickAt).not.toBeNull();
      expect(lastTickAt!).toBeLessThanOrEqual(asOf);
    });
  });
}
