import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { eventually } from '../shared/contract-support.ts';
import { type RoomPorts, openRoom, openRoomWithLine, poll, ticketOf } from './contract-room.ts';

/** What a status is answered from, and that a read writes nothing. */
export function describeReads(ports: () => RoomPorts): void {
  describe('reads', () => {
    it('answers EXPIRED for a place that it does not know', async () => {
      const room = await openRoom(ports());
      const { token } = await room.join();
      const unknown = { ...token, sequence: token.sequence + 500, issuedAt: token.issuedAt - 5 };
      expect((await room.checkIn(unknown)).token).toEqual({
        concertId: room.concertId,
        userId: token.userId,
        sequence: unknown.sequence,
        issuedAt: unknown.issuedAt,
        status: 'EXPIRED',
      });
      expect((await room.checkIn(token)).token.status).toBe('ACTIVE');
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
      expect((await room.checkIn(first!)).token).toEqual(claimed);
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
          expect(await room.statistics()).toMatchObject({ waiting: 1, parked: 1, active: 0 });
        });
        expect(await readOf(first!)).toBeNull();
        expect(await room.checkInAll([first!])).toEqual(['parked']);
      },
    );
  });
}
