import { randomUUID } from 'node:crypto';
import { openRoom } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { write } from '@frontrow/application/contracts/shared/contract-support.ts';
import { auditBooks } from '@frontrow/worker/audit/audit-books.ts';
import { closeRedis, openRedis } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '@frontrow/adapters/redis/waiting-room/waiting-room.ts';
import { expect, inject, it } from 'vitest';
import { openMysqlTestPorts } from '../support/mysql-test-ports.ts';

it('the audit finds a place that the database has ended and the relay has not removed from the room', async () => {
  const testPorts = await openMysqlTestPorts('grouped');
  const redis = await openRedis({ url: inject('redisUrl'), onError: () => {} });
  const redisKeyPrefix = `test-${randomUUID()}`;
  const waitingRoom = createRedisWaitingRoom({ ...testPorts.ports, redis, keys: createKeys(redisKeyPrefix) });
  const audit = (relayDelayMs: number) =>
    auditBooks({ mysqlUrl: testPorts.url, redisUrl: inject('redisUrl'), redisKeyPrefix, relayDelayMs });
  try {
    const room = await openRoom({ ...testPorts.ports, waitingRoom }, { state: 'PAUSED' });
    const { token } = await room.join();
    await room.join();
    const { concertId, userId, sequence } = token;
    await write(testPorts.ports, ({ queueEnds }) =>
      queueEnds.add({ concertId, userId, sequence, reason: 'LEFT' }),
    );
    expect(await audit(60_000)).toMatchObject({ roomCount: 1, placeCount: 2, violations: {} });
    expect((await audit(0)).violations).toMatchObject({
      'a place that the database has ended is not in the room': {
        count: 1,
        rows: [{ concertId, userId, sequence, reason: 'LEFT' }],
      },
    });
    await room.end(token, 'LEFT');
    expect((await audit(0)).violations).toEqual({});
  } finally {
    await closeRedis(redis);
    await testPorts.close();
  }
});
