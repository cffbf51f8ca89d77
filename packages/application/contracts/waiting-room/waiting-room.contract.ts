import { isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import {
  type OpenRoomPorts,
  type RoomPorts,
  openRoom,
  openRoomWithLine,
  poll,
  ticketOf,
} from './contract-room.ts';
import { newUser } from '../shared/contract-builders.ts';
import { eventually, usePorts } from '../shared/contract-support.ts';
import { describeAdmission } from './waiting-room-admission.contract.ts';
import { describeEnds } from './waiting-room-ends.contract.ts';
import { describeInventory } from './waiting-room-inventory.contract.ts';
import { describeReturns } from './waiting-room-returns.contract.ts';
import { describeWaitEstimates } from './wait-estimates.contract.ts';
import { describeWindows } from './waiting-room-windows.contract.ts';

/** Everything that a room promises, by its own clock. */
export function describeWaitingRoomContract(name: string, open: OpenRoomPorts): void {
  describe(`WaitingRoom (${name})`, () => {
    const ports = usePorts(open);
    describePlaces(ports);
    describeAdmission(ports);
    describeWindows(ports);
    describeReturns(ports);
    describeEnds(ports);
    describeInventory(ports);
    describeWaitEstimates(ports);
  });
}

function describePlaces(ports: () => RoomPorts): void {
  describe('places', () => {
    it('has no room for a concert that is unknown', async () => {
      expect(await ports().waitingRoom.join(ports().ids.next(), newUser(ports()))).toBeNull();
    });

    it('gives a user one place, and the same again, whether it waits or is active', async () => {
      for (const state of ['PAUSED', 'RUNNING'] as const) {
        const room = await openRoom(ports(), { state });
        const first = await room.join();
        const again = await room.join(first.token.userId);
        expect([first.created, again.created]).toEqual([true, false]);
        expect(first.token.status).toBe(state === 'PAUSED' ? 'WAITING' : 'ACTIVE');
        expect(again.token).toEqual(first.token);
        expect((await room.look(first.token)).token).toEqual(first.token);
        const { concertId, userId, sequence } = first.token;
        expect(await room.find(userId)).toEqual({ concertId, userId, sequence });
      }
    });

    it('gives a user one place out of fifty requests at once', async () => {
      for (const state of ['PAUSED', 'RUNNING'] as const) {
        const room = await openRoom(ports(), { state });
        const userId = newUser(ports());
        const standings = await Promise.all(Array.from({ length: 50 }, () => room.join(userId)));
        expect(standings.filter(({ created }) => created)).toHaveLength(1);
        expect(new Set(standings.map(({ token }) => token.sequence)).size).toBe(1);
        const { waiting, active } = await room.counts();
        expect(waiting + active).toBe(1);
      }
    });

    it('draws sequences that only grow, in the order of arrival', async () => {
      const room = await openRoom(ports(), { batchSize: 3 });
      const tokens = await room.joinMany(8);
      const sequences = tokens.map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
      expect(new Set(sequences).size).toBe(8);
      expect(await room.see(tokens)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 1, 2, 3, 4, 5]);
    });

    it('gives everyone in a crowd a place of their own', async () => {
      const room = await openRoom(ports(), { state: 'PAUSED' });
      const crowd = await Promise.all(Array.from({ length: 40 }, () => room.join()));
      const tokens = crowd.map(({ token }) => token).toSorted((a, b) => a.sequence - b.sequence);
      expect(new Set(tokens.map(({ sequence }) => sequence)).size).toBe(40);
      expect(await room.see(tokens)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    });

    it('moves everyone up when one before them goes, and nobody ever back', async () => {
      const { room, line } = await openRoomWithLine(ports(), 5, { state: 'RUNNING', maxActive: 1 });
      expect(await room.see(line)).toEqual([1, 2, 3, 4, 5]);
      await room.end(line[1] as QueueToken, 'LEFT');
      expect(await room.see(line)).toEqual([1, 'LEFT', 2, 3, 4]);
      await room.admit();
      await room.joinMany(2);
      expect(await room.see(line)).toEqual(['ACTIVE', 'LEFT', 1, 2, 3]);
    });

    it('keeps users and concerts apart', async () => {
      const [one, other] = [await openRoom(ports(), { state: 'PAUSED' }), await openRoom(ports(), {})];
      const { token } = await one.join();
      const elsewhere = await other.join(token.userId);
      expect(elsewhere).toMatchObject({ created: true, token: { status: 'ACTIVE' } });
      expect((await one.look(token)).token.status).toBe('WAITING');
      expect(await one.find(newUser(ports()))).toBeNull();
    });

    it('shows the room along with the place', async () => {
      const room = await openRoom(ports(), { state: 'PAUSED', batchSize: 77 });
      const joined = await room.join();
      for (const standing of [joined, await room.look(joined.token), await room.counts()]) {
        expect(standing.room.config.admission).toMatchObject({
          state: 'PAUSED',
          batchSize: 77,
          maxActive: null,
        });
        expect(standing.room.config.windows).toHaveLength(1);
        expect(standing.room.soldOut).toBe(false);
        expect(isRestoring(standing.room, standing.asOf)).toBe(false);
        expect(standing.asOf).toBeGreaterThanOrEqual(joined.token.issuedAt);
      }
    });

    it('calls a place that it does not know EXPIRED', async () => {
      const room = await openRoom(ports());
      const { token } = await room.join();
      const unknown = { ...token, sequence: token.sequence + 500, issuedAt: token.issuedAt - 5 };
      expect((await room.look(unknown)).token).toEqual({
        concertId: room.concertId,
        userId: token.userId,
        sequence: unknown.sequence,
        issuedAt: unknown.issuedAt,
        status: 'EXPIRED',
      });
      expect((await room.look(token)).token.status).toBe('ACTIVE');
    });

    it('answers a poll from a recent snapshot, and by a check-in where the snapshot has no answer', async () => {
      const { room, line } = await openRoomWithLine(ports(), 3, { maxActive: 1, sessionTtlMs: 45_678 });
      const pollFor = (token: QueueToken) => poll(ports().waitingRoom, token);
      const [first, second, third] = line;
      expect((await pollFor(second!)).token).toMatchObject({ ...second!, position: 2 });
      await room.admit();
      const claimed = await eventually(async () => {
        const { token } = await pollFor(first!);
        expect(token.status).toBe('ACTIVE');
        return token;
      });
      expect((await room.look(first!)).token).toEqual(claimed);
      await room.end(second!, 'LEFT');
      await eventually(async () => {
        expect((await pollFor(second!)).token.status).toBe('LEFT');
        expect((await pollFor(third!)).token).toMatchObject({ status: 'WAITING', position: 1 });
      });
    });

    it.each(['statusFromSnapshot', 'freshStatus'] as const)(
      'neither claims nor returns by %s',
      async (read) => {
        const claimTtlMs = 300;
        const { room, line } = await openRoomWithLine(ports(), 2, { maxActive: 1, claimTtlMs });
        const [first, second] = line;
        const readOf = async (token: QueueToken) => ports().waitingRoom[read](ticketOf(token));
        await room.admit();
        await eventually(async () => expect(await readOf(first!)).toBeNull());
        expect((await readOf(second!))?.token).toMatchObject({ status: 'WAITING', position: 1 });
        await eventually(async () => {
          expect(await readOf(first!)).toBeNull();
          await room.expire();
          expect(await room.counts()).toMatchObject({ waiting: 1, parked: 1, active: 0 });
        });
        expect(await readOf(first!)).toBeNull();
        expect(await room.see([first!])).toEqual(['parked']);
      },
    );

    it('lists the rooms that have been opened', async () => {
      const room = await openRoom(ports());
      await room.join();
      expect(await ports().waitingRoom.list()).toContain(room.concertId);
    });
  });
}
