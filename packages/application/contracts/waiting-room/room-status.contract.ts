import { roomState } from '@frontrow/domain/waiting-room/admission.ts';
import { positionByMarks } from '@frontrow/domain/waiting-room/line-marks.ts';
import { waitByMarks } from '@frontrow/domain/waiting-room/wait-estimate/wait-marks.ts';
import { describe, expect, it } from 'vitest';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { RoomStatus } from '../../src/ports/waiting-room/waiting-room.ts';
import { HOUR_MS } from '../shared/contract-builders.ts';
import { eventually } from '../shared/contract-support.ts';
import {
  type RoomPorts,
  type TestRoom,
  dateWith,
  openRoom,
  openRoomWithLine,
  poll,
  ticketOf,
} from './contract-room.ts';

/** What everybody may know of a room, and what a fan computes from it. */
export function describeRoomStatus(ports: () => RoomPorts): void {
  async function statusOf({ concertId }: TestRoom): Promise<RoomStatus> {
    const status = await ports().waitingRoom.roomStatusFromSnapshot(concertId);
    invariant(status !== null, 'the concert is known');
    return status;
  }

  describe('the status of a room', () => {
    it('is unknown for an unknown concert', async () => {
      expect(await ports().waitingRoom.roomStatusFromSnapshot(ports().ids.next())).toBeNull();
    });

    it('has no line, no count and an advance in an empty open room', async () => {
      const room = await openRoom(ports());
      const status = await statusOf(room);
      expect(status).toMatchObject({ concertId: room.concertId, line: [], waits: [], unsoldSeats: null });
      expect(status.advance?.medianPerSecond).toBeGreaterThan(0);
      expect(roomState(status.room, status.asOf)).toBe('OPEN');
    });

    it('gives every place that waits the position of its own status, also after others have left', async () => {
      const { room, line } = await openRoomWithLine(ports(), 40, { batchSize: 5 });
      await room.admit();
      for (const index of [0, 7, 8, 9, 21, 39]) await room.end(line[index]!, 'LEFT');
      await eventually(async () => {
        const status = await statusOf(room);
        const positions = line.map(({ sequence }) => positionByMarks(status.line, sequence));
        const waiting = line.filter((_, index) => index >= 5 && ![7, 8, 9, 21, 39].includes(index));
        expect(status.line[0]).toEqual({ sequence: line[5]!.sequence, position: 1 });
        expect(status.line.at(-1)).toEqual({ sequence: line[38]!.sequence, position: waiting.length });
        expect(positions.slice(0, 5)).toEqual([null, null, null, null, null]);
        expect(waiting.map(({ sequence }) => positionByMarks(status.line, sequence))).toEqual(
          waiting.map((_, index) => index + 1),
        );
      });
    });

    it('promises no place a shorter wait than its own status does', async () => {
      const { room, line } = await openRoomWithLine(ports(), 30, { batchSize: 2, intervalMs: 10_000 });
      await eventually(async () => {
        const status = await statusOf(room);
        for (const token of line.slice(4)) {
          const own = await ports().waitingRoom.statusFromSnapshot(ticketOf(token));
          invariant(own?.token.status === 'WAITING' && own.token.position !== null, 'the place waits');
          const wait = waitByMarks(status.waits, own.token.position);
          expect(wait?.medianMs).toBeGreaterThanOrEqual(own.estimate!.medianMs);
          expect(wait?.p90Ms).toBeGreaterThanOrEqual(own.estimate!.p90Ms);
        }
      });
    });

    it('has the line but no waits while the room does not admit', async () => {
      const { room, line } = await openRoomWithLine(ports(), 3);
      await room.changePolicy({ state: 'PAUSED' });
      await eventually(async () => {
        const status = await statusOf(room);
        expect(roomState(status.room, status.asOf)).toBe('PAUSED');
        expect(status).toMatchObject({ waits: [], advance: null });
        expect(positionByMarks(status.line, line[2]!.sequence)).toBe(3);
      });
    });

    it('has the unsold seats of the last count, less those that payments have reported since', async () => {
      const room = await openRoom(ports());
      const { token } = await room.join();
      await room.setInventory({ dates: [dateWith(6), dateWith(4, Date.now() + 2 * HOUR_MS)] });
      await eventually(async () => expect((await statusOf(room)).unsoldSeats).toBe(10));
      await room.end(token, 'COMPLETED', 3);
      await eventually(async () => expect((await statusOf(room)).unsoldSeats).toBe(7));
    });

    it('has the seats that refunds have returned by the last count, as the status of a place has', async () => {
      const room = await openRoom(ports(), { maxActive: 1 });
      const [first, second] = await room.joinMany(2);
      expect((await room.join()).room.seatsReturned).toBeNull();
      await room.setInventory({ seatsReturned: 2 });
      await eventually(async () => expect((await statusOf(room)).room.seatsReturned).toBe(2));
      expect((await room.join()).room.seatsReturned).toBe(2);
      const polled = await poll(ports().waitingRoom, second!);
      const checkedIn = await ports().waitingRoom.checkIn(ticketOf(first!));
      expect([polled.room.seatsReturned, checkedIn.room.seatsReturned]).toEqual([2, 2]);
      await room.setInventory({ seatsReturned: 3 });
      await eventually(async () =>
        expect((await poll(ports().waitingRoom, second!)).room.seatsReturned).toBe(3),
      );
    });

    it('is one object for calls at the same moment', async () => {
      const room = await openRoom(ports());
      await room.join();
      await eventually(async () => {
        const [first, second] = await Promise.all([statusOf(room), statusOf(room)]);
        expect(second).toBe(first);
      });
    });

    it('is CLOSED after the end of the last booking window', async () => {
      const room = await openRoom(ports());
      await room.close();
      await eventually(async () => {
        const status = await statusOf(room);
        expect(roomState(status.room, status.asOf)).toBe('CLOSED');
      });
    });
  });
}
