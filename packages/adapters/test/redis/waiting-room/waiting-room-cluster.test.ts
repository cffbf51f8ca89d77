import { randomUUID } from 'node:crypto';
import { openRoom } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { describeWaitingRoomModel } from '@frontrow/application/contracts/waiting-room/waiting-room-model.contract.ts';
import { describeWaitingRoomContract } from '@frontrow/application/contracts/waiting-room/waiting-room.contract.ts';
import { Cluster } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMysqlTestPorts } from '@frontrow/tests/support/mysql-test-ports.ts';
import { startRedisCluster } from '@frontrow/tests/support/redis-sets/redis-cluster.ts';
import type { RedisSet } from '@frontrow/tests/support/redis-sets/redis-set.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import { createTimedRoom } from './timed-room.ts';
import { createRedisWaitingRoom } from '../../../src/redis/waiting-room/waiting-room.ts';

let cluster: RedisSet;

beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterAll(() => cluster.stop());

async function open() {
  const mysql = await openMysqlTestPorts('grouped');
  const redis = new Cluster(cluster.nodes.map(({ server }) => server.url));
  const keys = createKeys(`test-${randomUUID()}`);
  return {
    redis,
    keys,
    ports: {
      ...mysql.ports,
      waitingRoom: createRedisWaitingRoom({ ...mysql.ports, redis, keys, snapshotFreshMs: 0 }),
    },
    close: async () => {
      redis.disconnect();
      await mysql.close();
    },
  };
}

describeWaitingRoomContract('Redis Cluster', open);

describeWaitingRoomModel('Redis Cluster', async () => {
  const redis = new Cluster(cluster.nodes.map(({ server }) => server.url));
  return { ...createTimedRoom(redis), close: async () => redis.disconnect() };
});

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
