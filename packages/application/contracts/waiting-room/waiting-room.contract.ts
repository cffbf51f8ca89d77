import { isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { type OpenRoomPorts, type RoomPorts, openRoom, openRoomWithLine } from './contract-room.ts';
import { newUser } from '../shared/contract-builders.ts';
import { usePorts } from '../shared/contract-support.ts';
import { describeAdmission } from './waiting-room-admission.contract.ts';
import { describeEnds } from './waiting-room-ends.contract.ts';
import { describeInventory } from './waiting-room-inventory.contract.ts';
import { describeReads } from './waiting-room-reads.contract.ts';
import { describeReturns } from './waiting-room-returns.contract.ts';
import { describeRoomStatus } from './room-status.contract.ts';
import { describeWaitEstimates } from './wait-estimates.contract.ts';
import { describeWindows } from './waiting-room-windows.contract.ts';

/** What a room guarantees, by its own clock. */
export function describeWaitingRoomContract(name: string, open: OpenRoomPorts): void {
  describe(`WaitingRoom (${name})`, () => {
    const ports = usePorts(open);
    describePlaces(ports);
    describeReads(ports);
    describeAdmission(ports);
    describeWindows(ports);
    describeReturns(ports);
    describeEnds(ports);
    describeInventory(ports);
    describeWaitEstimates(ports);
    describeRoomStatus(ports);
  });
}

function describePlaces(ports: () => RoomPorts): void {
  describe('places', () => {
    it('has no room for an unknown concert', async () => {
      expect(await ports().waitingRoom.join(ports().ids.next(), newUser(ports()))).toBeNull();
    });

    it('gives a user one place, WAITING or ACTIVE', async () => {
      for (const state of ['PAUSED', 'RUNNING'] as const) {
        const room = await openRoom(ports(), { state });
        const first = await room.join();
        const again = await room.join(first.token.userId);
        expect([first.created, again.created]).toEqual([true, false]);
        expect(first.token.status).toBe(state === 'PAUSED' ? 'WAITING' : 'ACTIVE');
        expect(again.token).toEqual(first.token);
        expect((await room.checkIn(first.token)).token).toEqual(first.token);
        const { concertId, userId, sequence } = first.token;
        expect(await room.placeOf(userId)).toEqual({ concertId, userId, sequence });
      }
    });

    it('gives a user one place for fifty requests at once', async () => {
      for (const state of ['PAUSED', 'RUNNING'] as const) {
        const room = await openRoom(ports(), { state });
        const userId = newUser(ports());
        const joined = await Promise.all(Array.from({ length: 50 }, () => room.join(userId)));
        expect(joined.filter(({ created }) => created)).toHaveLength(1);
        expect(new Set(joined.map(({ token }) => token.sequence)).size).toBe(1);
        const { waiting, active } = await room.statistics();
        expect(waiting + active).toBe(1);
      }
    });

    it('draws increasing sequences in the order of arrival', async () => {
      const room = await openRoom(ports(), { batchSize: 3 });
      const tokens = await room.joinMany(8);
      const sequences = tokens.map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
      expect(new Set(sequences).size).toBe(8);
      expect(await room.checkInAll(tokens)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 1, 2, 3, 4, 5]);
    });

    it('gives each user in a crowd a different place', async () => {
      const room = await openRoom(ports(), { state: 'PAUSED' });
      const crowd = await Promise.all(Array.from({ length: 40 }, () => room.join()));
      const tokens = crowd.map(({ token }) => token).toSorted((a, b) => a.sequence - b.sequence);
      expect(new Set(tokens.map(({ sequence }) => sequence)).size).toBe(40);
      expect(await room.checkInAll(tokens)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    });

    it('moves places up when one before them ends, and never back', async () => {
      const { room, line } = await openRoomWithLine(ports(), 5, { state: 'RUNNING', maxActive: 1 });
      expect(await room.checkInAll(line)).toEqual([1, 2, 3, 4, 5]);
      await room.end(line[1] as QueueToken, 'LEFT');
      expect(await room.checkInAll(line)).toEqual([1, 'LEFT', 2, 3, 4]);
      await room.admit();
      await room.joinMany(2);
      expect(await room.checkInAll(line)).toEqual(['ACTIVE', 'LEFT', 1, 2, 3]);
    });

    it('keeps users and concerts apart', async () => {
      const [one, other] = [await openRoom(ports(), { state: 'PAUSED' }), await openRoom(ports(), {})];
      const { token } = await one.join();
      const elsewhere = await other.join(token.userId);
      expect(elsewhere).toMatchObject({ created: true, token: { status: 'ACTIVE' } });
      expect((await one.checkIn(token)).token.status).toBe('WAITING');
      expect(await one.placeOf(newUser(ports()))).toBeNull();
    });

    it('answers the room with the place', async () => {
      const room = await openRoom(ports(), { state: 'PAUSED', batchSize: 77 });
      const joined = await room.join();
      for (const status of [joined, await room.checkIn(joined.token), await room.statistics()]) {
        expect(status.room.config.admission).toMatchObject({
          state: 'PAUSED',
          batchSize: 77,
          maxActive: null,
        });
        expect(status.room.config.windows).toHaveLength(1);
        expect(status.room.soldOut).toBe(false);
        expect(isRestoring(status.room, status.asOf)).toBe(false);
        expect(status.asOf).toBeGreaterThanOrEqual(joined.token.issuedAt);
      }
    });

    it('lists the rooms that have been opened', async () => {
      const room = await openRoom(ports());
      await room.join();
      expect(await ports().waitingRoom.list()).toContain(room.concertId);
    });

    it('lists a room on request, and no unknown concert', async () => {
      const room = await openRoom(ports());
      expect(await ports().waitingRoom.enlist(room.concertId)).toBe(true);
      expect(await ports().waitingRoom.list()).toContain(room.concertId);
      const unknown = ports().ids.next();
      expect(await ports().waitingRoom.enlist(unknown)).toBe(false);
      expect(await ports().waitingRoom.list()).not.toContain(unknown);
    });
  });
}
