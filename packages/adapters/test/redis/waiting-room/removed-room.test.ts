import {
  HOUR_MS,
  addConcertWithDate,
  newEvent,
  newUser,
  addDate,
} from '@frontrow/application/contracts/shared/contract-builders.ts';
import { write } from '@frontrow/application/contracts/shared/contract-support.ts';
import {
  changePolicy,
  statusBy,
  ticketOf,
} from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { ENDED_TOKEN_RETENTION_MS } from '@frontrow/domain/shared/limits.ts';
import { type AdmissionPolicy, roomState } from '@frontrow/domain/waiting-room/admission.ts';
import { listKeys } from '@frontrow/tests/support/connect-redis.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RedisClient, closeRedis, openRedis } from '../../../src/redis/connection/connection.ts';
import { createTimedRoom } from './timed-room.ts';

let redis: RedisClient;
beforeAll(async () => {
  redis = await openRedis({ url: inject('redisUrl'), onError: () => {} });
});
afterAll(() => closeRedis(redis));

/** A room whose only date sells until `salesEndAt`. */
async function openTimedRoom(admission: Partial<AdmissionPolicy>) {
  const { ports, setTime, prefix, restart, countReads } = createTimedRoom(redis);
  const start = Date.now();
  const salesEndAt = start + HOUR_MS;
  const event = { reservationStartAt: start - HOUR_MS, reservationEndAt: salesEndAt };
  const { concert } = await addConcertWithDate(ports, { admission, event });
  const { waitingRoom } = ports;
  await setTime(concert.id, start);
  const join = async (userId = newUser(ports)) => (await waitingRoom.join(concert.id, userId))!.token;
  return {
    ports,
    concert,
    waitingRoom,
    salesEndAt,
    join,
    restart: () => restart(concert.id),
    countReads,
    setTime: (moment: number) => setTime(concert.id, moment),
    tick: async () => {
      await waitingRoom.expire(concert.id, 1_000);
      await waitingRoom.admit(concert.id);
    },
    /** The keys of the room, but not the clock of the test. */
    keys: async () => (await listKeys(redis, `${prefix}:room:*`)).filter((key) => !key.endsWith(':clock')),
  };
}

const POLICY = {
  batchSize: 2,
  intervalMs: 1_000,
  sessionTtlMs: 60_000,
  claimTtlMs: 60_000,
  recoveryGraceMs: 0,
};

describe('a room whose sales and last place have ended', () => {
  it('leaves no key behind, also where fans still wait, and is not opened again by their tickets', async () => {
    const { waitingRoom, concert, join, setTime, salesEndAt, tick, keys } = await openTimedRoom(POLICY);
    const [paid, lapsing, waiting] = [await join(), await join(), await join()];
    await waitingRoom.end(paid, 'COMPLETED');
    await setTime(salesEndAt + 30_000);
    await tick();
    await setTime(salesEndAt + ENDED_TOKEN_RETENTION_MS);
    await tick();
    expect((await waitingRoom.checkIn(ticketOf(lapsing))).token.status).toBe('EXPIRED');
    expect(await waitingRoom.list()).toContain(concert.id);
    await setTime(salesEndAt + 2 * ENDED_TOKEN_RETENTION_MS);
    await tick();
    expect(await keys()).toEqual([]);
    expect(await waitingRoom.list()).not.toContain(concert.id);

    for (const ticket of [paid, lapsing, waiting].map(ticketOf)) {
      expect(await waitingRoom.statusFromSnapshot(ticket)).toBeNull();
      const { token, room, asOf } = await waitingRoom.checkIn(ticket);
      expect([token.status, roomState(room, asOf)]).toEqual(['EXPIRED', 'CLOSED']);
    }
    const status = await waitingRoom.roomStatusFromSnapshot(concert.id);
    expect(status).toMatchObject({ concertId: concert.id, line: [], waits: [], advance: null });
    expect(roomState(status!.room, status!.asOf)).toBe('CLOSED');
    const { room, asOf, ...counts } = await waitingRoom.statistics(concert.id);
    expect(counts).toMatchObject({ waiting: 0, active: 0 });
    expect(roomState(room, asOf)).toBe('CLOSED');
    expect(await keys()).toEqual([]);
  });

  it('leaves no key behind when Redis restarts before the room is removed', async () => {
    const { concert, waitingRoom, join, setTime, salesEndAt, restart, tick, keys } =
      await openTimedRoom(POLICY);
    const tokens = [await join(), await join(), await join()];
    await restart();
    await setTime(salesEndAt + ENDED_TOKEN_RETENTION_MS);
    expect(await keys()).not.toEqual([]);
    await tick();
    expect(await keys()).toEqual([]);
    expect(await waitingRoom.list()).not.toContain(concert.id);
    expect((await waitingRoom.checkIn(ticketOf(tokens[2]!))).token.status).toBe('EXPIRED');
  });

  it('costs the database no read for each poll of its tickets', async () => {
    const { waitingRoom, join, setTime, salesEndAt, tick, countReads } = await openTimedRoom(POLICY);
    const tickets = [await join(), await join(), await join()].map(ticketOf);
    await setTime(salesEndAt + ENDED_TOKEN_RETENTION_MS);
    await tick();
    await setTime(salesEndAt + 2 * ENDED_TOKEN_RETENTION_MS + 1);
    await tick();
    const before = countReads();
    for (let round = 0; round < 20; round += 1)
      for (const ticket of tickets)
        expect((await statusBy(waitingRoom, 'statusFromSnapshot', ticket)).token.status).toBe('EXPIRED');
    expect(countReads() - before).toBeLessThan(20);
  });

  it('opens again for a new date, and is listed', async () => {
    const { ports, waitingRoom, concert, join, setTime, salesEndAt, tick } = await openTimedRoom(POLICY);
    const first = await join();
    const now = salesEndAt + ENDED_TOKEN_RETENTION_MS;
    await setTime(now);
    await tick();
    await setTime(now + ENDED_TOKEN_RETENTION_MS + 1);
    await tick();
    expect(await waitingRoom.list()).toEqual([]);
    const window = { reservationStartAt: now, reservationEndAt: now + 2 * HOUR_MS };
    await write(ports, ({ concerts }) => addDate(concerts, newEvent(ports, concert, window)));
    await changePolicy(ports, concert.id, {});
    const second = await join();
    expect(second.sequence).toBeGreaterThan(first.sequence);
    expect(await waitingRoom.list()).toEqual([concert.id]);
  });
});

it('forgets the arrivals of admitted places, and no moment of issue', async () => {
  const { join, setTime, salesEndAt, tick, keys } = await openTimedRoom({ ...POLICY, state: 'RUNNING' });
  const start = salesEndAt - HOUR_MS;
  const tokens = [];
  for (let index = 0; index < 20; index += 1) {
    await setTime(start + 10 * index);
    tokens.push(await join());
  }
  for (let index = 20; index < 40; index += 1) {
    await setTime(start + 400 + 400 * index);
    tokens.push(await join());
  }
  const arrivals = (await keys()).find((key) => key.endsWith(':arrivals'))!;
  const before = await redis.zcard(arrivals);
  expect(before).toBeGreaterThan(20);
  for (let window = 1; window <= 10; window += 1) {
    await setTime(start + 20_000 + 1_000 * window);
    await tick();
  }
  expect(await redis.zcard(arrivals)).toBeLessThan(before);
  for (const { userId, issuedAt } of tokens) expect((await join(userId)).issuedAt).toBe(issuedAt);
  for (let window = 11; window <= 30; window += 1) {
    await setTime(start + 20_000 + 1_000 * window);
    await tick();
  }
  expect(await redis.zcard(arrivals)).toBe(1);
});
