import type { AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS, addConcertWithDate } from '../shared/contract-builders.ts';
import { statusBy, ticketOf } from './contract-room.ts';
import { type TimedRoomPorts, createRoomFollower } from './room-follower.ts';
import { createRoomModel } from './room-model.ts';
import { type RoomHistory, roomHistories } from './room-steps.ts';

const START_AT = Date.UTC(2030, 0, 1);
const SEED = 20_261_127;
const RUNS = 200;

/** Any history of a room gives the answers of the domain's functions, to the millisecond. */
export function describeWaitingRoomModel(name: string, open: () => Promise<TimedRoomPorts>): void {
  describe(`WaitingRoom (${name})`, () => {
    let opened: TimedRoomPorts;
    beforeAll(async () => void (opened = await open()));
    afterAll(() => opened.close());

    async function follow({ policy, steps }: RoomHistory): Promise<void> {
      const take = await openRoom(opened, policy);
      for (const step of steps) await take(step);
    }

    it('answers as the domain does after any history', async () => {
      expect.hasAssertions();
      const histories = roomHistories({ canLose: opened.lose !== null });
      await fc.assert(fc.asyncProperty(histories, follow), { seed: SEED, numRuns: RUNS });
    });

    it('answers no session as ACTIVE that ended early, for as long as its ticket says', async () => {
      const { ports, setTime } = opened;
      const { waitingRoom } = ports;
      const event = { reservationStartAt: START_AT, reservationEndAt: START_AT + 10 * HOUR_MS };
      const { concert } = await addConcertWithDate(ports, { admission: { sessionTtlMs: HOUR_MS }, event });
      await setTime(concert.id, START_AT);
      const joined = await waitingRoom.join(concert.id, 'leaver');
      invariant(joined?.token.status === 'ACTIVE', 'the room is empty');
      const ticket = ticketOf(joined.token);
      await waitingRoom.freshStatus(ticket);
      await waitingRoom.end(ticket, 'LEFT');
      for (const ms of [0, HOUR_MS / 2, HOUR_MS - 1]) {
        await setTime(concert.id, START_AT + ms);
        await waitingRoom.expire(concert.id, 10);
        for (const read of ['statusFromSnapshot', 'freshStatus'] as const)
          expect((await statusBy(waitingRoom, read, ticket)).token.status).not.toBe('ACTIVE');
      }
    });

    it('admits an interval after its clock went back, and not only when it has caught up', async () => {
      const { ports, setTime } = opened;
      const { waitingRoom } = ports;
      const event = { reservationStartAt: START_AT, reservationEndAt: START_AT + HOUR_MS };
      const admission = { batchSize: 1, intervalMs: 1_000 };
      const { concert } = await addConcertWithDate(ports, { admission, event });
      await setTime(concert.id, START_AT + 60_000);
      for (const user of ['first', 'second']) await waitingRoom.join(concert.id, user);
      const admitAt = async (ms: number) => {
        await setTime(concert.id, START_AT + ms);
        return (await waitingRoom.admit(concert.id)).admitted;
      };
      expect([
        await admitAt(60_500),
        await admitAt(5_000),
        await admitAt(5_999),
        await admitAt(6_000),
      ]).toEqual([0, 0, 0, 1]);
    });
  });
}

async function openRoom(timed: TimedRoomPorts, admission: AdmissionPolicy) {
  const { ports } = timed;
  const event = { reservationStartAt: START_AT + 100, reservationEndAt: START_AT + HOUR_MS };
  const { concert } = await addConcertWithDate(ports, { admission, event });
  const record = await ports.roomRecords.find(concert.id);
  invariant(record !== null, 'the concert is known');
  await timed.setTime(concert.id, START_AT);
  return createRoomFollower(timed, concert.id, createRoomModel(concert.id, record.config, START_AT));
}
