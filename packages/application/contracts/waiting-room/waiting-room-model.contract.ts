import type { RoomConfig } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS, addConcertWithDate } from '../shared/contract-builders.ts';
import { write } from '../shared/contract-support.ts';
import { type RoomPorts, changePolicy, ticketOf } from './contract-room.ts';
import { type RoomModel, createRoomModel } from './room-model.ts';
import { type RoomHistory, type RoomStep, roomHistories } from './room-steps.ts';

/** A waiting room whose clock only the test moves. */
export type TimedRoomPorts = {
  readonly ports: RoomPorts;
  readonly setTime: (concertId: ConcertId, now: Instant) => Promise<void>;
  /** Null for an adapter that cannot lose a room without its database. */
  readonly lose: ((concertId: ConcertId) => Promise<void>) | null;
  close(): Promise<void>;
};

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

    it('answers as the domain does after any history', { timeout: 120_000 }, async () => {
      expect.hasAssertions();
      const histories = roomHistories({ canLose: opened.lose !== null });
      await fc.assert(fc.asyncProperty(histories, follow), { seed: SEED, numRuns: RUNS });
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

async function openRoom(timed: TimedRoomPorts, admission: RoomConfig['admission']) {
  const { ports } = timed;
  const event = { reservationStartAt: START_AT + 100, reservationEndAt: START_AT + HOUR_MS };
  const { concert } = await addConcertWithDate(ports, { admission, event });
  const record = await ports.roomRecords.find(concert.id);
  invariant(record !== null, 'the concert is known');
  await timed.setTime(concert.id, START_AT);
  return follower(timed, concert.id, createRoomModel(concert.id, record.config, START_AT));
}

/** Takes each step in the room and in the model, and compares what they answer. */
function follower(timed: TimedRoomPorts, concertId: ConcertId, model: RoomModel) {
  const { ports } = timed;
  const { waitingRoom, roomRecords } = ports;
  const setTime = () => timed.setTime(concertId, model.now());
  /** Every ticket that was issued, the latest first. A fan may present an old one. */
  const tickets: Ticket[] = [];

  function receive(token: QueueToken): void {
    if (token.status === 'WAITING' || token.status === 'ACTIVE') tickets.unshift(ticketOf(token));
  }

  async function join(user: number): Promise<void> {
    const joined = await waitingRoom.join(concertId, `user-${user}`);
    const expected = model.join(`user-${user}`);
    invariant(joined !== null, 'the concert is known');
    const { issuedAt } = joined.token;
    expect(joined).toMatchObject({ created: expected.created, token: { ...expected.token, issuedAt } });
    expect(issuedAt).toBeLessThanOrEqual(model.now());
    receive(joined.token);
  }

  async function checkIn(ticket: Ticket): Promise<void> {
    const { token } = await waitingRoom.checkIn(ticket);
    expect(token).toEqual(model.checkIn(ticket));
    receive(token);
  }

  async function read(ticket: Ticket): Promise<void> {
    const { userId, sessionExpiresAt } = ticket;
    const isSessionOver = sessionExpiresAt !== null && sessionExpiresAt <= model.now();
    for (const way of ['statusFromSnapshot', 'freshStatus'] as const) {
      const token = (await waitingRoom[way](ticket))?.token;
      // An adapter may read the end of a session from the ticket alone.
      if (token === undefined || (isSessionOver && token.status === 'EXPIRED')) continue;
      const expected = model.read(ticket);
      const isHidden = token.status === 'WAITING' && token.position === null && model.isRestoring();
      expect(token).toEqual(isHidden ? { ...expected, position: null } : expected);
    }
    expect((await waitingRoom.placeOf(concertId, userId))?.sequence ?? null).toBe(model.placeOf(userId));
  }

  async function end(ticket: Ticket, reason: Parameters<RoomModel['end']>[1]): Promise<void> {
    await write(ports, ({ queueEnds }) => queueEnds.add({ ...ticket, reason }));
    await waitingRoom.end(ticket, reason);
    model.end(ticket, reason);
  }

  async function count(sellable: number, isSoldOut: boolean): Promise<void> {
    const inventory = { sellable, isSoldOut, holders: tickets.slice(0, 3) };
    await waitingRoom.setInventory(concertId, inventory);
    model.setInventory(inventory);
  }

  async function loseRedis(isSaved: boolean): Promise<void> {
    if (isSaved) {
      await roomRecords.saveWatermark(concertId, await waitingRoom.watermark(concertId));
      model.saveWatermark();
    }
    await timed.lose?.(concertId);
    model.lose();
  }

  async function take(step: RoomStep): Promise<void> {
    const ticket = 'nth' in step ? tickets[step.nth] : undefined;
    switch (step.kind) {
      case 'JOIN':
        return join(step.user);
      case 'CHECK_IN':
        return ticket && checkIn(ticket);
      case 'READ':
        return ticket && read(ticket);
      case 'END':
        return ticket && end(ticket, step.reason);
      case 'ADMIT':
        return expect(await waitingRoom.admit(concertId)).toEqual(model.admit());
      case 'EXPIRE':
        return expect(await waitingRoom.expire(concertId, 100)).toEqual(model.expire());
      case 'WAIT':
        model.wait(step.ms);
        return setTime();
      case 'WAIT_FOR_DEADLINE':
        model.waitForDeadline(step.offsetMs);
        return setTime();
      case 'COUNT':
        return count(step.sellable, step.isSoldOut);
      case 'CHANGE':
        return model.configure(await changePolicy(ports, concertId, step.policy));
      case 'LOSE_REDIS':
        return loseRedis(step.isSaved);
      default:
        return step satisfies never;
    }
  }

  return async (step: RoomStep) => {
    await take(step);
    // A read would open the room again before the next step.
    if (step.kind === 'LOSE_REDIS') return;
    expect(await waitingRoom.watermark(concertId)).toBe(model.watermark());
    const { hasClaims, ...expected } = model.statistics();
    const statistics = await waitingRoom.statistics(concertId);
    expect(statistics).toMatchObject(expected);
    expect(statistics.waits !== null).toBe(hasClaims);
  };
}
