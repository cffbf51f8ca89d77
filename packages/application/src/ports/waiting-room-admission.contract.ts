import { describe, expect, it } from 'vitest';
import { type RoomPorts, openRoom, openRoomWithLine } from './contract-room.ts';
import { HOUR_MS, eventually } from './contract-support.ts';

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

    it('shares the allowance of a window between those let in at once and the tick', async () => {
      const room = await openRoom(ports(), { batchSize: 3 });
      const early = await room.joinMany(2);
      await room.change({ state: 'PAUSED' });
      const line = await room.joinMany(2);
      await room.change({ state: 'RUNNING' });
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.see([...early, ...line])).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 1]);
      expect((await room.counts()).room.window?.used).toBe(3);
    });

    it('gives out one allowance to a crowd that is let in at once', async () => {
      const room = await openRoom(ports(), { batchSize: 10 });
      const crowd = await Promise.all(Array.from({ length: 40 }, () => room.join()));
      const active = crowd
        .filter(({ token }) => token.status === 'ACTIVE')
        .map(({ token }) => token.sequence);
      const waiting = crowd
        .filter(({ token }) => token.status === 'WAITING')
        .map(({ token }) => token.sequence);
      expect([active.length, waiting.length]).toEqual([10, 30]);
      expect(Math.max(...active)).toBeLessThan(Math.min(...waiting));
    });

    it('gives out one allowance to many ticks at once', async () => {
      const { room, line } = await openRoomWithLine(ports(), 20, { batchSize: 7 });
      const ticks = await Promise.all(Array.from({ length: 5 }, () => room.admit()));
      expect(ticks.reduce((total, { admitted }) => total + admitted, 0)).toBe(7);
      expect(await room.see(line)).toEqual([
        ...Array.from({ length: 7 }, () => 'ACTIVE'),
        ...Array.from({ length: 13 }, (_, index) => index + 1),
      ]);
    });

    it('opens the next window no sooner than an interval after the last', async () => {
      const { room } = await openRoomWithLine(ports(), 6, { batchSize: 2, intervalMs: 250 });
      const openedAt = new Map<number, number>();
      await eventually(async () => {
        await room.admit();
        const { room: view, admittedTotal } = await room.counts();
        if (view.window !== null) openedAt.set(view.window.openedAt, view.window.used);
        expect(admittedTotal).toBe(6);
      });
      expect([...openedAt.values()].every((used) => used === 2)).toBe(true);
      const moments = [...openedAt.keys()];
      expect(moments).toHaveLength(3);
      for (const [index, moment] of moments.slice(1).entries())
        expect(moment - (moments[index] ?? Infinity)).toBeGreaterThanOrEqual(250);
    });

    it('opens no window for a pause or for a change of the policy, which counts what was given out', async () => {
      const { room } = await openRoomWithLine(ports(), 6, { batchSize: 2 });
      expect((await room.admit()).admitted).toBe(2);
      await room.change({ state: 'PAUSED' });
      await room.change({ state: 'RUNNING', sessionTtlMs: 1_000_000 });
      expect((await room.admit()).admitted).toBe(0);
      await room.change({ batchSize: 5 });
      expect((await room.admit()).admitted).toBe(3);
      await room.change({ batchSize: 1 });
      expect((await room.admit()).admitted).toBe(0);
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

    it('spreads a smooth window, and never gives out more than its batch', async () => {
      const { room } = await openRoomWithLine(ports(), 60, {
        shape: 'smooth',
        batchSize: 40,
        intervalMs: 1_000,
      });
      expect((await room.admit()).admitted).toBe(2);
      const used = new Map<number, number>();
      const steps = new Set<number>();
      await eventually(async () => {
        const { admitted } = await room.admit();
        const { room: view, admittedTotal } = await room.counts();
        if (view.window !== null) used.set(view.window.openedAt, view.window.used);
        if (admitted > 0) steps.add(admittedTotal);
        expect(admittedTotal).toBe(60);
      });
      expect(steps.size).toBeGreaterThan(3);
      expect(Math.max(...used.values())).toBeLessThanOrEqual(40);
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
