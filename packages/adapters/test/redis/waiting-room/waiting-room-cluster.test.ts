import { randomUUID } from 'node:crypto';
import { openRoom, openRoomWithLine } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { describeWaitingRoomContract } from '@frontrow/application/contracts/waiting-room/waiting-room.contract.ts';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { createAdmitWaiting } from '@frontrow/application/use-cases/maintenance/admit-waiting.ts';
import { createListOpenRooms } from '@frontrow/application/use-cases/maintenance/list-open-rooms.ts';
import type { Cluster } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMysqlTestPorts } from '@frontrow/tests/support/mysql-test-ports.ts';
import { startRedisCluster } from '@frontrow/tests/support/redis-sets/redis-cluster.ts';
import type { RedisSet } from '@frontrow/tests/support/redis-sets/redis-set.ts';
import { closeRedis, openRedis } from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '../../../src/redis/waiting-room/waiting-room.ts';

let cluster: RedisSet;

beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterAll(() => cluster.stop());

async function open() {
  const mysql = await openMysqlTestPorts('grouped');
  const redis = (await openRedis({ url: cluster.url, onError: () => {} })) as Cluster;
  const keys = createKeys(`test-${randomUUID()}`);
  return {
    redis,
    keys,
    ports: {
      ...mysql.ports,
      waitingRoom: createRedisWaitingRoom({ ...mysql.ports, redis, keys, snapshotFreshMs: 0 }),
    },
    close: async () => {
      await closeRedis(redis);
      await mysql.close();
    },
  };
}

describeWaitingRoomContract('Redis Cluster', open);

it('spreads concerts over the nodes and keeps each in one slot', async () => {
  const { redis, keys, ports, close } = await open();
  try {
    const slots = new Set<number>();
    for (let count = 0; count < 20; count += 1) {
      const { concertId } = await openRoom(ports);
      await ports.waitingRoom.join(concertId, 'fan');
      slots.add(await redis.cluster('KEYSLOT', keys.room(concertId).room));
    }
    expect(slots.size).toBeGreaterThan(10);
    const keysOfNodes = await Promise.all(redis.nodes('master').map((node) => node.dbsize()));
    expect(keysOfNodes.every((count) => count > 0)).toBe(true);
  } finally {
    await close();
  }
});

type WithLine = Awaited<ReturnType<typeof openRoomWithLine>>;

it.each([
  ['with the list of rooms', true],
  ['without the list of rooms', false],
])('goes on admitting when a primary loses its data, %s', async (_, losesList) => {
  const { redis, keys, ports, close } = await open();
  try {
    const policy = { recoveryGraceMs: 100, intervalMs: 100, batchSize: 2 };
    const primaryOfList = await cluster.primaryOf(keys.rooms);
    let emptied = losesList ? primaryOfList : null;
    const [lost, kept]: [WithLine[], WithLine[]] = [[], []];
    while (lost.length < 2 || kept.length < 2) {
      const opened = await openRoomWithLine(ports, 3, policy);
      const primary = await cluster.primaryOf(keys.room(opened.room.concertId).room);
      if (primary !== primaryOfList) emptied ??= primary;
      (primary === emptied ? lost : kept).push(opened);
    }
    await emptied!.client.flushall();

    // The worker knows the rooms, and no fan asks.
    const jobs = [createListOpenRooms(ports), createAdmitWaiting(ports)];
    await eventually(async () => {
      for (const run of jobs) await run();
      for (const { room } of kept) expect(await redis.zcard(keys.room(room.concertId).waiting)).toBe(0);
    });
    const listed = await ports.waitingRoom.list();
    expect(listed.toSorted()).toEqual([...lost, ...kept].map(({ room }) => room.concertId).toSorted());
    for (const { room, line } of lost) {
      await room.checkInAll(line.toReversed());
      await room.setInventory({});
    }
    const admitted: string[] = [];
    await eventually(async () => {
      for (const run of jobs) await run();
      for (const { room, line } of lost)
        for (const token of line.filter(({ userId }) => !admitted.includes(userId)))
          if ((await room.checkIn(token)).token.status === 'ACTIVE') admitted.push(token.userId);
      expect(admitted).toHaveLength(lost.flatMap(({ line }) => line).length);
    });
    for (const { line } of lost) {
      const users = line.map(({ userId }) => userId);
      expect(admitted.filter((user) => users.includes(user))).toEqual(users);
    }
  } finally {
    await close();
  }
});
