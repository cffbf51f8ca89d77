import { randomUUID } from 'node:crypto';
import { type TestRoom, openRoom } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import type { AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type MysqlTestPorts, openMysqlTestPorts } from '@frontrow/tests/support/mysql-test-ports.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type RedisClient, closeRedis, openRedis } from '../../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../../src/redis/connection/keys.ts';
import { withRoomAudit } from '../../../../src/redis/waiting-room/audit/room-audit.ts';
import { ROOM_RULES } from '../../../../src/redis/waiting-room/audit/room-rules.ts';
import { createRedisWaitingRoom } from '../../../../src/redis/waiting-room/waiting-room.ts';

let mysql: MysqlTestPorts;
let redis: RedisClient;
beforeAll(async () => {
  mysql = await openMysqlTestPorts('grouped');
  redis = await openRedis({ url: inject('redisUrl'), onError: () => {} });
});
afterAll(async () => {
  await closeRedis(redis);
  await mysql.close();
});

async function open(admission: Partial<AdmissionPolicy>) {
  const redisKeyPrefix = `test-${randomUUID()}`;
  const keys = createKeys(redisKeyPrefix);
  const waitingRoom = createRedisWaitingRoom({ ...mysql.ports, redis, keys });
  const room = await openRoom({ ...mysql.ports, waitingRoom }, admission);
  const read = () =>
    withRoomAudit({ redisUrl: inject('redisUrl'), redisKeyPrefix }, (audit) => audit.read(room.concertId));
  return {
    room,
    keys: keys.room(room.concertId),
    read,
    broken: async (): Promise<string[]> => {
      const contents = await read();
      return Object.keys(ROOM_RULES).filter((rule) => ROOM_RULES[rule]!(contents!).length > 0);
    },
  };
}

/** One place in each state: active, offered, parked, returned, and two that wait. */
async function openBusyRoom() {
  const opened = await open({ batchSize: 1, intervalMs: 100, claimTtlMs: 150 });
  const { room } = opened;
  const active = (await room.join()).token;
  const [parked, returned, ...others] = await joinLine(room, 5);
  await admitted(room, 2);
  await lapse();
  await room.expire();
  await room.checkIn(returned!);
  await room.changePolicy({ claimTtlMs: 60_000, batchSize: 2 });
  // The returned place goes first, and another one beside it.
  await room.changePolicy({ state: 'PAUSED' });
  return { ...opened, active, parked: parked!, returned: returned!, waiting: others };
}

/** New users who wait, however long after the last window they join. */
async function joinLine(room: TestRoom, length: number): Promise<readonly QueueToken[]> {
  await room.changePolicy({ state: 'PAUSED' });
  const line = await room.joinMany(length);
  await room.changePolicy({ state: 'RUNNING' });
  return line;
}

async function admitted(room: TestRoom, count: number): Promise<void> {
  for (let total = 0; total < count;) total += (await room.admit()).admitted;
}

const lapse = () => new Promise((resolve) => void setTimeout(resolve, 200));

/** An offered place, in a room where nothing else is out of the ordinary. */
async function openRoomWithOffer() {
  const opened = await open({ batchSize: 1, intervalMs: 100 });
  const { room } = opened;
  const active = (await room.join()).token;
  const [offered, ...waiting] = await joinLine(room, 3);
  await admitted(room, 1);
  return { ...opened, active, offered: offered!, waiting };
}

it('finds nothing wrong with a room in order', async () => {
  const busy = await openBusyRoom();
  expect(await busy.broken()).toEqual([]);
  const contents = await busy.read();
  expect([...contents!.places.values()].map(({ state }) => state).toSorted()).toEqual([
    'ACTIVE',
    'PARKED',
    'RETURNED',
  ]);
  expect(contents!.waiting.size).toBe(3);
  const offering = await openRoomWithOffer();
  expect(await offering.broken()).toEqual([]);
  expect([...(await offering.read())!.places.values()].map(({ state }) => state).toSorted()).toEqual([
    'ACTIVE',
    'OFFERED',
  ]);
});

it('reads no room that is not open', async () => {
  const redisKeyPrefix = `test-${randomUUID()}`;
  const read = withRoomAudit({ redisUrl: inject('redisUrl'), redisKeyPrefix }, (audit) => audit.read('none'));
  expect(await read).toBeNull();
});

type Busy = Awaited<ReturnType<typeof openBusyRoom>>;
type Breakage = (room: Busy & { readonly raw: RedisClient }) => Promise<unknown>;
const text = ({ sequence }: QueueToken) => String(sequence);

it.each<[rule: string, breakage: Breakage]>([
  [
    'a user has one place in a room',
    ({ keys, waiting, active, raw }) => raw.zadd(keys.waiting, text(waiting[0]!), active.userId),
  ],
  [
    'a sequence belongs to one user',
    ({ keys, waiting, raw }) => raw.zadd(keys.waiting, text(waiting[0]!), 'another'),
  ],
  ['no sequence lies beyond the last that was drawn', ({ keys, raw }) => raw.hset(keys.room, 'counter', 3)],
  [
    'nobody below the watermark waits in line',
    ({ keys, waiting, raw }) => raw.hset(keys.room, 'watermark', text(waiting[0]!)),
  ],
  [
    'a place is where its state says, and nowhere else',
    ({ keys, active, raw }) => raw.zrem(keys.active, active.userId),
  ],
  [
    'a place is where its state says, and nowhere else',
    ({ keys, active, raw }) => raw.hdel(keys.place, active.userId),
  ],
  [
    'a place is where its state says, and nowhere else',
    ({ keys, parked, raw }) => raw.zadd(keys.returned, text(parked), parked.userId),
  ],
  [
    'a place is where its state says, and nowhere else',
    ({ keys, returned, raw }) => raw.zrem(keys.returned, returned.userId),
  ],
  [
    'an offered, active or parked place has its deadline',
    ({ keys, active, raw }) => raw.zincrby(keys.active, 1, active.userId),
  ],
  [
    'an offered, active or parked place has its deadline',
    ({ keys, parked, raw }) => raw.zadd(keys.parkedUntil, 0, parked.userId),
  ],
  [
    'a returned place keeps its sequence',
    ({ keys, returned, raw }) => raw.zincrby(keys.returned, 1, returned.userId),
  ],
  [
    'a place that has ended is not in the room',
    ({ keys, waiting, raw }) => raw.zadd(keys.ended, Date.now() * 4, text(waiting[0]!)),
  ],
  [
    'a window admits at most a batch',
    ({ keys, raw }) => raw.hset(keys.room, 'openedAt', String(Date.now() + 1_000), 'used', '3'),
  ],
])('finds that this no longer holds: %s', async (rule, breakage) => {
  const busy = await openBusyRoom();
  await breakage({ ...busy, raw: redis });
  expect(await busy.broken()).toContain(rule);
});

it('minds more sessions than maxActive only where admission has granted them under that number', async () => {
  const { room, keys, broken } = await open({ maxActive: 5 });
  await room.joinMany(5);
  await room.changePolicy({ maxActive: 2 });
  expect(await broken()).toEqual([]);
  await redis.hset(keys.room, 'configuredCounter', 4);
  expect(await broken()).toEqual(['admission keeps to maxActive']);
});

it('minds a window that gave out more than a batch only where no smaller batch was configured in it', async () => {
  const { room, broken } = await open({ batchSize: 5 });
  await room.joinMany(5);
  await room.changePolicy({ batchSize: 2 });
  expect(await broken()).toEqual([]);
});
