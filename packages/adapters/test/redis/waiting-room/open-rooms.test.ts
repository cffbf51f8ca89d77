import { randomUUID } from 'node:crypto';
import { openRoom } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import { epochOf, sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
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
        async raiseEpoch(concertId, epochs) {
          const isRaised = await mysql.ports.roomRecords.raiseEpoch(concertId, epochs);
          raised.open();
          await proceed.opened;
          if (failure === 'one is killed there') throw new Error('killed');
          return isRaised;
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
});

it('restores a room that was opened on another server meanwhile, under an epoch that only it has', async () => {
  const keys = createKeys(`test-${randomUUID()}`);
  const [here, later] = [0, 1].map(() => createRedisWaitingRoom({ ...mysql.ports, redis, keys }));
  const room = await openRoom({ ...mysql.ports, waitingRoom: here! });
  const before = await room.join();
  await mysql.ports.roomRecords.raiseEpoch(room.concertId, { from: 1, to: 2 });
  const joined = (await later!.join(room.concertId, 'later'))!;
  expect(epochOf(joined.token.sequence)).toBe(3);
  expect([joined.token.status, isRestoring(joined.room, joined.asOf)]).toEqual(['WAITING', true]);
  expect((await room.checkIn(before.token)).token).toEqual(before.token);
});

it('restores the place of a ticket that another server has given, although this process knows no loss', async () => {
  const keys = createKeys(`test-${randomUUID()}`);
  const waitingRoom = createRedisWaitingRoom({ ...mysql.ports, redis, keys });
  const room = await openRoom({ ...mysql.ports, waitingRoom }, { state: 'PAUSED' });
  const { token: before } = await room.join();
  await mysql.ports.roomRecords.raiseEpoch(room.concertId, { from: 1, to: 2 });
  const there = { ...before, userId: 'joined there', sequence: sequenceOf(2, 1) };
  expect(await room.checkInAll([there, before])).toEqual([2, 1]);
});
