import { describe, expect, it } from 'vitest';
import { type RoomPorts, openRoom, openRoomWithLine } from './contract-room.ts';
import { HOUR_MS } from '../shared/contract-builders.ts';
import { eventually } from '../shared/contract-support.ts';

/** Who is let in, when, and how many. */
export function describeAdmission(ports: () => RoomPorts): void {
  describe('admission', () => {
    it('lets a newcomer in at once where nobody waits, for a session from that moment on', async () => {
      const room = await openRoom(ports(), { sessionTtlMs: 45_678 });
      const { token, asOf } = await room.join();
      expect(token).toMatchObject({ status: 'ACTIVE', sessionExpiresAt: asOf + 45_678 });
      expect((await room.look(token)).token).toEqual(token);
      expect(await room.counts()).toMatchObject({ waiting: 0, active: 1, admittedTotal: 1 });
    });

    it('lets nobody overtake: a newcomer waits behind those who wait', async () => {
      const { room, line } = await openRoomWithLine(ports(), 2);
      const newcomer = await room.join();
      expect(newcomer.token).toMatchObject({ status: 'WAITING', position: 3 });
      expect(await room.admit()).toEqual({ admitted: 3, waiting: 0, active: 3 });
      expect(await room.see([...line, newcomer.token])).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
    });

    it('admits in the order of the sequences, as many as the window allows', async () => {
      const { room, line } = await openRoomWithLine(ports(), 7, { batchSize: 3 });
      expect(await room.admit()).toEqual({ admitted: 3, waiting: 4, active: 3 });
      expect(await room.admit()).toEqual({ admitted: 0, waiting: 4, active: 3 });
      expect(await room.see(line)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 1, 2, 3, 4]);
    });

    it('keeps to the cap on active fans, at once and by tick, and fills what becomes free', async () => {
      const room = await openRoom(ports(), { maxActive: 2 });
      const tokens = await room.joinMany(5);
      expect(await room.see(tokens)).toEqual(['ACTIVE', 'ACTIVE', 1, 2, 3]);
      expect((await room.admit()).admitted).toBe(0);
      await room.end(tokens[0]!, 'LEFT');
      expect(await room.admit()).toEqual({ admitted: 1, waiting: 2, active: 2 });
      await room.change({ maxActive: 1 });
      expect((await room.admit()).admitted).toBe(0);
      await room.change({ maxActive: null });
      expect((await room.admit()).admitted).toBe(2);
    });

    it('admits nobody while paused', async () => {
      const room = await openRoom(ports(), { state: 'PAUSED' });
      const { token } = await room.join();
      expect((await room.admit()).admitted).toBe(0);
      expect([await room.state(), await room.see([token])]).toEqual(['PAUSED', [1]]);
      await room.change({ state: 'RUNNING' });
      expect((await room.admit()).admitted).toBe(1);
    });

    it('admits nobody before a date is bookable, and then by the clock alone', async () => {
      const opensAt = Date.now() + 700;
      const room = await openRoom(ports(), {}, { reservationStartAt: opensAt });
      const { token } = await room.join();
      expect([token.status, await room.state(), (await room.admit()).admitted]).toEqual([
        'WAITING',
        'NOT_OPEN',
        0,
      ]);
      await eventually(async () => expect((await room.admit()).admitted).toBe(1));
      const { token: active, asOf } = await room.look(token);
      expect(active.status).toBe('ACTIVE');
      expect(asOf).toBeGreaterThanOrEqual(opensAt);
    });

    it('admits nobody after the last date has closed', async () => {
      const room = await openRoom(ports(), {}, { reservationEndAt: Date.now() - HOUR_MS / 2 });
      expect((await room.join()).token.status).toBe('WAITING');
      expect([await room.state(), (await room.admit()).admitted]).toEqual(['CLOSED', 0]);
    });

    it('takes a newer configuration and never an older one', async () => {
      const room = await openRoom(ports(), { state: 'PAUSED', batchSize: 1 });
      await room.join();
      const { config: old } = (await room.counts()).room;
      await room.change({ batchSize: 2 });
      const { config: present } = (await room.counts()).room;
      expect(present.version).toBeGreaterThan(old.version);
      await ports().waitingRoom.configure(room.concertId, old);
      expect((await room.counts()).room.config).toEqual(present);
      const newer = { ...present, version: present.version + 7, windows: [] };
      await ports().waitingRoom.configure(room.concertId, newer);
      expect((await room.counts()).room.config).toEqual(newer);
      expect(await room.state()).toBe('NOT_OPEN');
    });

    it('knows how long those who came in have waited', async () => {
      const { room, line } = await openRoomWithLine(ports(), 3, { batchSize: 2 });
      expect((await room.counts()).waits).toBeNull();
      await room.admit();
      await room.see(line);
      await room.see(line);
      const { p50Ms, p90Ms, p99Ms } = (await room.counts()).waits!;
      expect(p50Ms).toBeGreaterThanOrEqual(1_000);
      expect([p50Ms, p90Ms, p99Ms]).toEqual([p50Ms, p90Ms, p99Ms].toSorted((a, b) => a - b));
    });

    it('remembers the last tick, also one that admitted nobody', async () => {
      const room = await openRoom(ports());
      await room.join();
      expect((await room.counts()).lastTickAt).toBeNull();
      await room.admit();
      const { lastTickAt, asOf } = await room.counts();
      expect(lastTickAt).not.toBeNull();
      expect(lastTickAt!).toBeLessThanOrEqual(asOf);
    });
  });
}
