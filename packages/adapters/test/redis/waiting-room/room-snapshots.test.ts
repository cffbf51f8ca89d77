import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import {
  SOLD_OUT,
  type TestRoom,
  openRoom,
  poll,
  ticketOf,
} from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import type { WaitingRoom } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import { roomState } from '@frontrow/domain/waiting-room/admission.ts';
import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MysqlTestPorts, openMysqlTestPorts } from '@frontrow/tests/support/mysql-test-ports.ts';
import { openTcpProxy } from '@frontrow/tests/support/tcp-proxy.ts';
import { closeRedis } from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import type { PrivateServer } from '@frontrow/tests/support/services/service.ts';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import { createRedisWaitingRoom } from '../../../src/redis/waiting-room/waiting-room.ts';

/** The bound of a snapshot's age. */
const FRESH_MS = 250;

let mysql: MysqlTestPorts;
let server: PrivateServer;
let redis: Redis;
let here: WaitingRoom;
let there: WaitingRoom;
const keys = createKeys(`test-${randomUUID()}`);
beforeAll(async () => {
  mysql = await openMysqlTestPorts('grouped');
  server = await startPrivateRedis(); // one server, which a proxy can delay
  redis = new Redis(server.url);
  [here, there] = [roomsOf(redis), roomsOf(redis)];
});
afterAll(async () => {
  await closeRedis(redis);
  await Promise.all([server.stop(), mysql.close()]);
});

/** The waiting rooms as one process serves them. */
const roomsOf = (client: Redis) => createRedisWaitingRoom({ ...mysql.ports, redis: client, keys });

async function seenBy(waitingRoom: WaitingRoom, token: QueueToken) {
  const { token: seen, room, asOf } = await poll(waitingRoom, token);
  const position = seen.status === 'WAITING' ? seen.position : null;
  return { status: seen.status, position, room: roomState(room, asOf) };
}

describe('a process that is polled seldom', () => {
  const waiting = { status: 'WAITING', position: 2, room: 'OPEN' };
  const changes: [string, (room: TestRoom, line: readonly QueueToken[]) => Promise<unknown>, object][] = [
    ['a payment', (room, line) => room.end(line[2]!, 'COMPLETED'), { status: 'COMPLETED' }],
    ['an end further ahead', (room, line) => room.end(line[1]!, 'LEFT'), { position: 1 }],
    [
      'an admission',
      (room) => room.changePolicy({ maxActive: 10 }).then(() => room.admit()),
      { status: 'ACTIVE' },
    ],
    ['a pause', (room) => room.changePolicy({ state: 'PAUSED' }), { room: 'PAUSED' }],
    ['selling out', (room) => room.setInventory(SOLD_OUT), { room: 'SOLD_OUT' }],
    ['the end of sales', (room) => room.close(), { room: 'CLOSED' }],
  ];

  it.each(changes)(
    'shows %s to the first poll after the bound of its snapshot',
    async (_name, change, seen) => {
      const room = await openRoom({ ...mysql.ports, waitingRoom: here }, { maxActive: 1 });
      const line = await room.joinMany(3);
      expect(await seenBy(there, line[2]!)).toEqual(waiting);
      await change(room, line);
      await delay(FRESH_MS + 1);
      expect(await seenBy(there, line[2]!)).toMatchObject(seen);
    },
  );
});

it('answers no poll from a refresh that began before the bound', async () => {
  const proxy = await openTcpProxy(server.url);
  const slow = new Redis(proxy.url);
  try {
    const far = roomsOf(slow);
    const room = await openRoom({ ...mysql.ports, waitingRoom: here }, { maxActive: 1 });
    const [active] = await room.joinMany(1);
    expect(await far.statusFromSnapshot(ticketOf(active!))).toMatchObject({ token: { status: 'ACTIVE' } });
    await delay(FRESH_MS + 1);
    const id = await slow.client('ID');
    proxy.setLatency(1_000);
    const before = far.statusFromSnapshot(ticketOf(active!));
    // The last command that Redis has run for this connection is the refresh, whose reply is on its way.
    await eventually(async () => expect(await redis.client('LIST', 'ID', id)).toContain('cmd=evalsha'));
    await room.end(active!, 'COMPLETED');
    await delay(FRESH_MS + 1);
    const after = far.statusFromSnapshot(ticketOf(active!));
    expect(await before).toMatchObject({ token: { status: 'ACTIVE' } });
    expect(await after).toMatchObject({ token: { status: 'COMPLETED' } });
  } finally {
    await closeRedis(slow);
    await proxy.close();
  }
});
