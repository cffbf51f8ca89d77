import { randomUUID } from 'node:crypto';
import { type RedisClient, closeRedis, openRedis } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '@frontrow/adapters/redis/waiting-room/waiting-room.ts';
import { HOUR_MS } from '@frontrow/application/contracts/shared/contract-builders.ts';
import { eventually, write } from '@frontrow/application/contracts/shared/contract-support.ts';
import {
  type RoomPorts,
  type TestRoom,
  openRoom,
  poll,
  ticketOf,
} from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import type { EndReason, QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MysqlTestPorts, openMysqlTestPorts } from '../support/mysql-test-ports.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { startPrivateRedis } from '../support/services/start-redis.ts';

const SHORT_MS = 200;
const GRACE_MS = 3_000;
const RETENTION_MS = 3_000;
const OTHERS = 5;

let testPorts: MysqlTestPorts;
let server: PrivateServer;
let redis: RedisClient;
let ports: RoomPorts;

beforeAll(async () => {
  testPorts = await openMysqlTestPorts('conditional-write');
  server = await startPrivateRedis();
  redis = await openRedis({ url: server.url, onError: () => {} });
  const keys = createKeys(`test-${randomUUID()}`);
  ports = {
    ...testPorts.ports,
    waitingRoom: createRedisWaitingRoom({ ...testPorts.ports, redis, keys, snapshotFreshMs: 0 }),
  };
});
afterAll(async () => {
  await closeRedis(redis);
  await server.stop();
  await testPorts.close();
});

type Way = {
  readonly claimTtlMs: number;
  /** Ends the place of a fan who has been admitted. `token` is that of the first ticket. */
  readonly endPlace: (room: TestRoom, token: QueueToken) => Promise<unknown>;
};

const afterSession = (endPlace: Way['endPlace']): Way => ({
  claimTtlMs: HOUR_MS,
  async endPlace(room, token) {
    expect((await room.checkIn(token)).token.status).toBe('ACTIVE');
    await eventually(async () => expect(await room.placeOf(token.userId)).toBeNull());
    await endPlace(room, token);
  },
});
const by = (reason: EndReason): Way => ({
  claimTtlMs: HOUR_MS,
  async endPlace(room, token) {
    const { concertId, userId, sequence } = token;
    await write(ports, ({ queueEnds }) => queueEnds.add({ concertId, userId, sequence, reason }));
    await room.end(token, reason);
  },
});

async function expireOne(room: TestRoom): Promise<void> {
  await eventually(async () => expect((await room.expire()).expired).toBe(1));
}

const WAYS: Readonly<Record<string, Way>> = {
  'a session that a worker ends': afterSession(expireOne),
  'a session that a poll ends': afterSession((_, token) => poll(ports.waitingRoom, token)),
  'a session that another join ends': afterSession((room, { userId }) => room.join(userId)),
  'a parked place': { claimTtlMs: SHORT_MS, endPlace: expireOne },
  'a payment': by('COMPLETED'),
  leaving: by('LEFT'),
  'an organiser': by('EXPIRED'),
};

/** A fan waits behind another, keeps the first ticket, and is admitted. The place ends, and five others wait. */
async function openRoomWithEnded({ claimTtlMs, endPlace }: Way) {
  const room = await openRoom(ports, {
    maxActive: 1,
    intervalMs: 100,
    sessionTtlMs: HOUR_MS,
    claimTtlMs,
    parkRetentionMs: SHORT_MS,
    recoveryGraceMs: GRACE_MS,
  });
  const { token: ahead } = await room.join();
  const { token } = await room.join();
  expect(token).toMatchObject({ status: 'WAITING', position: 1 });
  await room.changePolicy({ sessionTtlMs: SHORT_MS });
  await room.end(ahead, 'LEFT');
  await eventually(async () => expect((await room.admit()).admitted).toBe(1));
  await room.changePolicy({ state: 'PAUSED', parkRetentionMs: RETENTION_MS, maxActive: null });
  await endPlace(room, token);
  const others = await room.joinMany(OTHERS);
  await ports.roomRecords.saveWatermark(room.concertId, await room.watermark());
  return { room, token, others };
}

it('gives an ended place to no old ticket, before, during and after the grace', async () => {
  const cases = await Promise.all(
    Object.entries(WAYS).map(async ([name, way]) => ({ way: name, ...(await openRoomWithEnded(way)) })),
  );
  const statuses = async () =>
    Object.fromEntries(
      await Promise.all(
        cases.map(async ({ way, token }) => {
          const { token: present } = await ports.waitingRoom.checkIn({
            ...ticketOf(token),
            sessionExpiresAt: null,
          });
          return [way, present.status];
        }),
      ),
    );
  const before = await statuses();
  const expired = Object.keys(WAYS).map((way) => [way, 'EXPIRED']);
  expect(before).toEqual({ ...Object.fromEntries(expired), 'a payment': 'COMPLETED', leaving: 'LEFT' });

  await redis.flushall();
  for (const { room, others } of cases) await room.checkInAll(others);
  expect(await statuses()).toEqual(before);
  for (const { room } of cases)
    await eventually(async () => {
      const { room: view, asOf } = await room.statistics();
      expect(isRestoring(view, asOf)).toBe(false);
    });
  expect(await statuses()).toEqual(before);
  for (const { way, room, others } of cases) {
    await room.changePolicy({
      state: 'RUNNING',
      batchSize: OTHERS,
      sessionTtlMs: HOUR_MS,
      claimTtlMs: HOUR_MS,
    });
    await room.setInventory({});
    await room.admit();
    expect([way, ...(await room.checkInAll(others))]).toEqual([way, ...others.map(() => 'ACTIVE')]);
  }
  expect(await statuses()).toEqual(before);
  for (const { room } of cases)
    await eventually(async () => {
      const { room: view, asOf } = await room.statistics();
      expect(asOf).toBeGreaterThan((view.restoringUntil ?? Infinity) + RETENTION_MS);
    });
  expect(await statuses()).toEqual(before);
});

it('gives a fan who waited the place back for the retention after the grace, and not longer', async () => {
  const room = await openRoom(ports, {
    intervalMs: 100,
    recoveryGraceMs: 100,
    parkRetentionMs: RETENTION_MS,
    state: 'PAUSED',
  });
  const [late, tooLate] = await room.joinMany(2);
  await redis.flushall();
  const { restoringUntil } = (await room.statistics()).room;
  const waitUntil = (moment: number) =>
    eventually(async () => expect((await room.statistics()).asOf).toBeGreaterThanOrEqual(moment));
  await waitUntil(restoringUntil!);
  expect(await room.checkInAll([late!])).toEqual(['parked']);
  await waitUntil(restoringUntil! + RETENTION_MS);
  expect(await room.checkInAll([tooLate!, late!])).toEqual(['EXPIRED', 'parked']);
  await room.changePolicy({ recoveryGraceMs: HOUR_MS });
  await redis.flushall();
  expect(await room.checkInAll([tooLate!, late!])).toEqual(['EXPIRED', 1]);
});
