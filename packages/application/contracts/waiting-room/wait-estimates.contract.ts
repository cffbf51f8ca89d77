import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { WaitEstimate } from '@frontrow/domain/waiting-room/wait-estimate/wait-estimate.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { describe, expect, it } from 'vitest';
import { eventually } from '../shared/contract-support.ts';
import { HOUR_MS } from '../shared/contract-builders.ts';
import { type RoomPorts, type TestRoom, openRoom, openRoomWithLine, ticketOf } from './contract-room.ts';

/** The estimate that a poll answers. Whether it is calibrated is shown by simulations of the domain. */
export function describeWaitEstimates(ports: () => RoomPorts): void {
  async function read(token: QueueToken) {
    return ports().waitingRoom.statusFromSnapshot(ticketOf(token));
  }

  async function estimateOf(token: QueueToken): Promise<WaitEstimate | null> {
    return (await read(token))?.estimate ?? null;
  }

  /** Polls a place and ticks until it is admitted; answers the estimates with the waits that followed, in ms. */
  async function observeWait(room: TestRoom, token: QueueToken) {
    const given: { at: number; medianMs: number }[] = [];
    for (;;) {
      await room.admit();
      const status = await read(token);
      const isWaiting = status?.token.status === 'WAITING' && !status.token.parked;
      if (!isWaiting) break;
      invariant(status.estimate !== null && status.estimate !== undefined, 'the line is observed');
      given.push({ at: performance.now(), medianMs: status.estimate.medianMs });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const admittedAt = performance.now();
    return given.map(({ at, medianMs }) => ({ medianMs, realisedMs: admittedAt - at }));
  }

  describe('wait estimates', () => {
    it('estimates the wait of a place in an open room, longer for a place further back', async () => {
      const { line } = await openRoomWithLine(ports(), 9, { batchSize: 2, intervalMs: 10_000 });
      await eventually(async () => {
        const [third, ninth] = [await estimateOf(line[2]!), await estimateOf(line[8]!)];
        expect(third?.medianMs).toBeGreaterThan(0);
        expect(third?.p90Ms).toBeGreaterThanOrEqual(third!.medianMs);
        expect(ninth?.medianMs).toBeGreaterThan(third!.medianMs + 10_000);
      });
    });

    it('has no estimate while the room is paused', async () => {
      const room = await openRoom(ports(), { state: 'PAUSED' });
      const { token } = await room.join();
      expect(await estimateOf(token)).toBeNull();
      await room.changePolicy({ state: 'RUNNING' });
      await eventually(async () => expect(await estimateOf(token)).not.toBeNull());
      await room.changePolicy({ state: 'PAUSED' });
      await eventually(async () => expect(await estimateOf(token)).toBeNull());
    });

    it('has no estimate before a date is bookable', async () => {
      const room = await openRoom(ports(), {}, { reservationStartAt: Date.now() + HOUR_MS / 2 });
      const { token } = await room.join();
      expect(await estimateOf(token)).toBeNull();
    });

    it('has no estimate for an active place', async () => {
      const room = await openRoom(ports());
      const { token } = await room.join();
      expect(token.status).toBe('ACTIVE');
      expect(await estimateOf(token)).toBeNull();
    });

    it('is near the realised wait', async () => {
      const { room, line } = await openRoomWithLine(ports(), 30, { batchSize: 3, intervalMs: 200 });
      const waits = await observeWait(room, line.at(-1)!);
      const errors = waits
        .filter(({ realisedMs }) => realisedMs > 400)
        .map(({ medianMs, realisedMs }) => Math.abs(medianMs - realisedMs) / realisedMs)
        .toSorted((a, b) => a - b);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(0.5);
    });

    it('has an estimate error once a wait that it has estimated is over', async () => {
      const { room, line } = await openRoomWithLine(ports(), 6, { batchSize: 3, intervalMs: 200 });
      expect((await room.statistics()).estimateError).toBeNull();
      await observeWait(room, line.at(-1)!);
      await eventually(async () => {
        await read(line.at(-1)!);
        expect((await room.statistics()).estimateError?.samples).toBeGreaterThan(0);
      });
    });
  });
}
