import { randomUUID } from 'node:crypto';
import { openRoom } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import { isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  type MysqlTestPorts,
  createGate,
  openMysqlTestPorts,
} from '@frontrow/tests/support/mysql-test-ports.ts';
import { closeRedis, openRedis } from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '../../../src/redis/waiting-room/waiting-room.ts';

let mysql: MysqlTestPorts;
let redis: Awaited<ReturnType<typeof openRedis>>;
beforeAll(async () => {
  mysql = await openMysqlTestPorts('grouped');
  redis = await openRedis({ url: inject('redisUrl'), onError: () => {} });
});
afterAll(async () => {
  await closeRedis(redis);
  await mysql.close();
});

describe('a room that two processes open for the first time at once', () => {
  it.each(['one pauses between the database and Redis', 'one is killed there'])(
    'is not restoring when %s',
    async (failure) => {
      const [raised, proceed] = [createGate(), createGate()];
      const roomRecords: RoomRecords = {
        ...mysql.ports.roomRecords,
        async raiseEpoch(concertId, from) {
          const epoch = await mysql.ports.roomRecords.raiseEpoch(concertId, from);
          raised.open();
          await proceed.opened;
          if (failure === 'one is killed there') throw new Error('killed');
          return epoch;
        },
      };
      const keys = createKeys(`test-${randomUUID()}`);
      const slow = createRedisWaitingRoom({ ...mysql.ports, redis, keys, roomRecords });
      const quick = createRedisWaitingRoom({ ...mysql.ports, redis, keys });
      const room = await openRoom({ ...mysql.ports, waitingRoom: quick });

      const slowJoin = slow.join(room.concertId, 'slow').catch(() => null);
      await raised.opened;
      const { token, room: seen, asOf } = await room.join();
      expect([token.status, isRestoring(seen, asOf)]).toEqual(['ACTIVE', false]);
      proceed.open();
      await slowJoin;
      const joinedLast = await slow.join(room.concertId, 'slow');
      expect(joinedLast?.token.status).toBe('ACTIVE');
      expect(joinedLast?.token.sequence).toBeGreaterThan(token.sequence);
    },
  );

  it('is not restoring for a third process between the database and Redis of the second', async () => {
    const keys = createKeys(`test-${randomUUID()}`);
    const [first, third] = [0, 1].map(() => createRedisWaitingRoom({ ...mysql.ports, redis, keys }));
    const room = await openRoom({ ...mysql.ports, waitingRoom: first! });
    const before = await room.join();
    await mysql.ports.roomRecords.raiseEpoch(room.concertId, 1);
    const joined = await third!.join(room.concertId, 'third');
    expect(joined?.token.status).toBe('ACTIVE');
    expect(isRestoring(joined!.room, joined!.asOf)).toBe(false);
    expect(joined!.token.sequence).toBeGreaterThan(before.token.sequence);
    expect((await room.join()).token.sequence).toBeGreaterThan(joined!.token.sequence);
    expect((await room.checkIn(before.token)).token).toEqual(before.token);
  });
});
