import { describeWaitingRoomModel } from '@frontrow/application/contracts/waiting-room/waiting-room-model.contract.ts';
import { inject } from 'vitest';
import { closeRedis, openRedis } from '../../../src/redis/connection/connection.ts';
import { createTimedRoom } from './timed-room.ts';

describeWaitingRoomModel('Redis', async () => {
  const redis = await openRedis({ url: inject('redisUrl'), onError: () => {} });
  return { ...createTimedRoom(redis), close: () => closeRedis(redis) };
});
