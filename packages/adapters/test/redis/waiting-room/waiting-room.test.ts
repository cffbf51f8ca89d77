import { randomUUID } from 'node:crypto';
import { statusBy } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { describeWaitingRoomContract } from '@frontrow/application/contracts/waiting-room/waiting-room.contract.ts';
import { addConcertWithDate, newUser } from '@frontrow/application/contracts/shared/contract-builders.ts';
import type { WaitingRoom } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import type { ActiveToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { describe, expect, inject, it } from 'vitest';
import { openMysqlTestPorts } from '@frontrow/tests/support/mysql-test-ports.ts';
import { closeRedis, openRedis } from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '../../../src/redis/waiting-room/waiting-room.ts';

async function open(snapshotFreshMs = 0) {
  const mysql = await openMysqlTestPorts('grouped');
  const redis = await openRedis({ url: inject('redisUrl'), onError: () => {} });
  const keys = createKeys(`test-${randomUUID()}`);
  const waitingRoom = createRedisWaitingRoom({ ...mysql.ports, redis, keys, snapshotFreshMs });
  return {
    ports: { ...mysql.ports, waitingRoom },
    redis,
    close: async () => {
      await closeRedis(redis);
      await mysql.close();
    },
  };
}

describeWaitingRoomContract('Redis', () => open());

describe.each(['statusFromSnapshot', 'freshStatus'] as const)('by %s', (way) => {
  describeWaitingRoomContract('Redis, from a snapshot', async () => {
    const { ports, close } = await open();
    const { waitingRoom } = ports;
    const checkIn: WaitingRoom['checkIn'] = (ticket) => statusBy(waitingRoom, way, ticket);
    return { ports: { ...ports, waitingRoom: { ...waitingRoom, checkIn } }, close };
  });
});

it('answers freshStatus from a ticket that is younger than the snapshot, until its session may be over', async () => {
  const { ports, redis, close } = await open(60_000);
  const { waitingRoom } = ports;
  const { concert } = await addConcertWithDate(ports);
  const join = async () => {
    const joined = await waitingRoom.join(concert.id, newUser(ports));
    return joined!.token as ActiveToken;
  };
  const first = await join();
  expect(first.status).toBe('ACTIVE');
  expect((await waitingRoom.freshStatus(first))?.token).toEqual(first);
  const second = await join();
  await closeRedis(redis);
  expect((await waitingRoom.freshStatus(second))?.token).toEqual(second);
  const lapsed = { ...second, sessionExpiresAt: second.issuedAt };
  expect(await waitingRoom.freshStatus(lapsed)).toBeNull();
  await expect(waitingRoom.checkIn(lapsed)).rejects.toThrow(Unavailable);
  await close();
});
