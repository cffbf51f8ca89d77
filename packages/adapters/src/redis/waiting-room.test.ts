import { randomUUID } from 'node:crypto';
import { describeWaitingRoomContract } from '@frontrow/application/ports/waiting-room.contract.ts';
import type { WaitingRoom } from '@frontrow/application/ports/waiting-room.ts';
import { describe, inject } from 'vitest';
import { openMysqlWorld } from '../../../../tests/world/mysql-world.ts';
import { closeRedis, openRedis } from './connection.ts';
import { createKeys } from './keys.ts';
import { createRedisWaitingRoom } from './waiting-room.ts';

async function open() {
  const world = await openMysqlWorld('conditional-write');
  const redis = await openRedis({ url: inject('redisUrl'), onError: () => {} });
  const keys = createKeys(`test-${randomUUID()}`);
  const waitingRoom = createRedisWaitingRoom({ ...world.ports, redis, keys, pictureFreshMs: 0 });
  return {
    ports: { ...world.ports, waitingRoom },
    close: async () => {
      await closeRedis(redis);
      await world.close();
    },
  };
}

describeWaitingRoomContract('Redis', open);

describe.each(['glance', 'peek'] as const)('by a %s', (way) => {
  describeWaitingRoomContract('Redis, from a picture', async () => {
    const { ports, close } = await open();
    const { waitingRoom } = ports;
    const look: WaitingRoom['look'] = async (ticket) => waitingRoom[way](ticket);
    return { ports: { ...ports, waitingRoom: { ...waitingRoom, look } }, close };
  });
});
