import { pauseReason, roomState } from '@frontrow/domain/waiting-room/admission.ts';
import { describe, expect, it } from 'vitest';
import { type RoomPorts, openRoom, openRoomWithLine } from './contract-room.ts';
import { eventually } from '../shared/contract-support.ts';

/** When a window opens, and how much it admits. */
export function describeWindows(ports: () => RoomPorts): void {
  describe('windows', () => {
    it('shares the allowance of a window between joins and ticks', async () => {
      const room = await openRoom(ports(), { batchSize: 3 });
      const admittedAtOnce = await room.joinMany(2);
      await room.changePolicy({ state: 'PAUSED' });
      const line = await room.joinMany(2);
      await room.changePolicy({ state: 'RUNNING' });
      expect((await room.admit()).admitted).toBe(1);
      expect(await room.checkInAll([...admittedAtOnce, ...line])).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 1]);
      expect((await room.statistics()).room.window?.used).toBe(3);
    });

    it('admits one allowance of a crowd that joins at once', async () => {
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

    it('admits one allowance by many ticks at once', async () => {
      const { room, line } = await openRoomWithLine(ports(), 20, { batchSize: 7 });
      const ticks = await Promise.all(Array.from({ length: 5 }, () => room.admit()));
      expect(ticks.reduce((total, { admitted }) => total + admitted, 0)).toBe(7);
      expect(await room.checkInAll(line)).toEqual([
        ...Array.from({ length: 7 }, () => 'ACTIVE'),
        ...Array.from({ length: 13 }, (_, index) => index + 1),
      ]);
    });

    it('opens the next window no sooner than an interval after the last', async () => {
      const { room } = await openRoomWithLine(ports(), 6, { batchSize: 2, intervalMs: 250 });
      const openedAt = new Map<number, number>();
      await eventually(async () => {
        await room.admit();
        const { room: view, admittedTotal } = await room.statistics();
        if (view.window !== null) openedAt.set(view.window.openedAt, view.window.used);
        expect(admittedTotal).toBe(6);
      });
      expect([...openedAt.values()].every((used) => used === 2)).toBe(true);
      const moments = [...openedAt.keys()];
      expect(moments).toHaveLength(3);
      for (const [index, moment] of moments.slice(1).entries())
        expect(moment - (moments[index] ?? Infinity)).toBeGreaterThanOrEqual(250);
    });

    it('opens no window after a pause or a change of the policy, and counts what the window has admitted', async () => {
      const { room } = await openRoomWithLine(ports(), 6, { batchSize: 2 });
      expect((await room.admit()).admitted).toBe(2);
      await room.changePolicy({ state: 'PAUSED' });
      await room.changePolicy({ state: 'RUNNING', sessionTtlMs: 1_000_000 });
      expect((await room.admit()).admitted).toBe(0);
      await room.changePolicy({ batchSize: 5 });
      expect((await room.admit()).admitted).toBe(3);
      await room.changePolicy({ batchSize: 1 });
      expect((await room.admit()).admitted).toBe(0);
    });

    it('admits nobody while the sales of every bookable date are stopped', async () => {
      const room = await openRoom(ports());
      await room.changeSales({ state: 'STOPPED', reason: 'A wrong price' });
      const [first] = await room.joinMany(1);
      expect((await room.admit()).admitted).toBe(0);
      expect(await room.checkInAll([first!])).toEqual([1]);
      const { room: stopped, asOf } = await room.statistics();
      expect(roomState(stopped, asOf)).toBe('PAUSED');
      expect(pauseReason(stopped.config, asOf)).toBe('A wrong price');
      await room.changeSales({ state: 'RUNNING', reason: null });
      expect((await room.admit()).admitted).toBe(1);
    });

    it('takes back an admission of the present window when its fan leaves the slot', async () => {
      const room = await openRoom(ports(), { batchSize: 2 });
      const fan = (await room.join()).token;
      await room.end(fan, 'LEFT');
      for (let round = 0; round < 5; round += 1) {
        const { token } = await room.join(fan.userId);
        expect(token.status).toBe('ACTIVE');
        await room.end(token, 'LEFT');
        await room.end(token, 'LEFT');
      }
      expect((await room.statistics()).room.window?.used).toBe(0);
      expect(await room.checkInAll(await room.joinMany(3))).toEqual(['ACTIVE', 'ACTIVE', 1]);
    });

    it('takes back no admission that ended in another way than by leaving', async () => {
      const room = await openRoom(ports(), { batchSize: 2 });
      const [paid, removed] = await room.joinMany(2);
      await room.end(paid!, 'COMPLETED');
      await room.end(removed!, 'EXPIRED');
      const waiting = await room.joinMany(1);
      await room.end(waiting[0]!, 'LEFT');
      expect(await room.checkInAll(await room.joinMany(1))).toEqual([1]);
      expect((await room.statistics()).room.window?.used).toBe(2);
    });

    it('takes back no admission of an earlier window', async () => {
      const { room, line } = await openRoomWithLine(ports(), 2, { batchSize: 1, intervalMs: 100 });
      for (const _ of line) await eventually(async () => expect((await room.admit()).admitted).toBe(1));
      await room.changePolicy({ intervalMs: 60_000 });
      await room.end(line[0]!, 'LEFT');
      expect((await room.statistics()).room.window?.used).toBe(1);
      await room.end(line[1]!, 'LEFT');
      expect((await room.statistics()).room.window?.used).toBe(0);
    });

    it('admits a smooth window in steps, and never more than its batch', async () => {
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
        const { room: view, admittedTotal } = await room.statistics();
        if (view.window !== null) used.set(view.window.openedAt, view.window.used);
        if (admitted > 0) steps.add(admittedTotal);
        expect(admittedTotal).toBe(60);
      });
      expect(steps.size).toBeGreaterThan(3);
      expect(Math.max(...used.values())).toBeLessThanOrEqual(40);
    });
  });
}
