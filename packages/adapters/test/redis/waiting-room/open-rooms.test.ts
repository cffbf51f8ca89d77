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

let world: MysqlTestPorts;
let redis: Awaited<ReturnType<typeof openRedis>>;
beforeAll(async () => {
  world = await openMysqlTestPorts('conditional-write');
  redis = await openRedis({ url: inject('redisUrl'), onError: () => {} });
});
afterAll(async () => {
  await closeRedis(redis);
  await world.close();
});

describe('a room that two processes open for the first time at once', () => {
  it.each(['one stops between the database and Redis', 'one dies there'])(
    'has nothing to restore when %s',
    async (fate) => {
      const [raised, goOn] = [createGate(), createGate()];
      const roomRecords: RoomRecords = {
        ...world.ports.roomRecords,
        async raiseEpoch(concertId, from) {
          const epoch = await world.ports.roomRecords.raiseEpoch(concertId, from);
          raised.open();
          await goOn.opened;
          if (fate === 'one dies there') throw new Error('killed');
          return epoch;
        },
      };
      const keys = createKeys(`test-${randomUUID()}`);
      const slow = createRedisWaitingRoom({ ...world.ports, redis, keys, roomRecords });
      const quick = createRedisWaitingRoom({ ...world.ports, redis, keys });
      const room = await openRoom({ ...world.ports, waitingRoom: quick });

      const slowJoin = slow.join(room.concertId, 'slow').catch(() => null);
      await raised.opened;
      const { token, room: seen, asOf } = await room.join();
      expect([token.status, isRestoring(seen, asOf)]).toEqual(['ACTIVE', false]);
      goOn.open();
      await slowJoin;
      const late = await slow.join(room.concertId, 'slow');
      expect(late?.token.status).toBe('ACTIVE');
      expect(late?.token.sequence).toBeGreaterThan(token.sequence);
    },
  );

  it('has nothing to restore for a third that comes between the database and Redis of the second', async () => {
    const keys = createKeys(`test-${randomUUID()}`);
    const [first, third] = [0, 1].map(() => createRedisWaitingRoom({ ...world.ports, redis, keys }));
    const room = await openRoom({ ...world.ports, waitingRoom: first! });
    const before = await room.join();
    await world.ports.roomRecords.raiseEpoch(room.concertId, 1);
    const joined = await third!.join(room.concertId, 'third');
    expect(joined?.token.status).toBe('ACTIVE');
    expect(isRestoring(joined!.room, joined!.asOf)).toBe(false);
    expect(joined!.token.sequence).toBeGreaterThan(before.token.sequence);
    expect((await room.join()).token.sequence).toBeGreaterThan(joined!.token.sequence);
    expect((await room.look(before.token)).token).toEqual(before.token);
  });
});
