import { randomUUID } from 'node:crypto';
import { closeRedis, openRedis } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '@frontrow/adapters/redis/waiting-room/waiting-room.ts';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { openRoom } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import { epochOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MysqlTestPorts, openMysqlTestPorts } from '../support/mysql-test-ports.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { startReplicatedPair } from '../failovers/replicated-pair.ts';
import { startPrivateRedis } from '../support/services/start-redis.ts';
import { openTcpProxy } from '../support/tcp-proxy.ts';

const SYNCED = ['--appendonly', 'yes', '--appendfsync', 'always'];

let testPorts: MysqlTestPorts;
beforeAll(async () => void (testPorts = await openMysqlTestPorts('conditional-write')));
afterAll(() => testPorts.close());

/** A paused line of three on a server of its own, behind a proxy. */
async function openLine(args: readonly string[], running?: PrivateServer) {
  const server = running ?? (await startPrivateRedis({ args }));
  const proxy = await openTcpProxy(server.url);
  const redis = await openRedis({ url: proxy.url, onError: () => {} });
  const keys = createKeys(`test-${randomUUID()}`);
  const waitingRoom = createRedisWaitingRoom({ ...testPorts.ports, redis, keys, snapshotFreshMs: 0 });
  const room = await openRoom({ ...testPorts.ports, waitingRoom }, { state: 'PAUSED' });
  const line = await room.joinMany(3);
  return {
    server,
    proxy,
    room,
    line,
    async close() {
      await closeRedis(redis);
      await proxy.close();
      await server.stop();
    },
  };
}
type Line = Awaited<ReturnType<typeof openLine>>;

/** How many epochs a newcomer is behind the line, and whether the room restores places. */
async function stateAfter({ room, line }: Line) {
  const { token } = await eventually(() => room.join());
  const { room: view, asOf } = await room.statistics();
  const epochs = epochOf(token.sequence) - epochOf(line[0]!.sequence);
  return { epochs, isRestoring: isRestoring(view, asOf), positions: await room.checkInAll([...line, token]) };
}

it('raises no epoch when Redis restarts with every write that it has acknowledged', async () => {
  const opened = await openLine(SYNCED);
  try {
    for (let restart = 0; restart < 2; restart += 1) {
      await opened.server.kill('SIGKILL');
      await opened.server.restart();
      expect(await stateAfter(opened)).toEqual({
        epochs: 0,
        isRestoring: false,
        positions: [1, 2, 3, 4 + restart],
      });
    }
  } finally {
    await opened.close();
  }
});

it('raises the epoch when Redis may have lost a write, and keeps every place', async () => {
  const opened = await openLine(['--appendonly', 'yes', '--appendfsync', 'everysec']);
  try {
    await opened.server.kill('SIGKILL');
    await opened.server.restart();
    expect(await stateAfter(opened)).toEqual({ epochs: 1, isRestoring: true, positions: [1, 2, 3, 4] });
  } finally {
    await opened.close();
  }
});

it('raises the epoch when the server has an older watermark than the database', async () => {
  const opened = await openLine(SYNCED);
  try {
    await testPorts.ports.roomRecords.saveWatermark(opened.room.concertId, opened.line[0]!.sequence);
    await opened.server.kill('SIGKILL');
    await opened.server.restart();
    expect(await stateAfter(opened)).toMatchObject({ epochs: 1, isRestoring: true });
  } finally {
    await opened.close();
  }
});

it('raises no epoch when Redis gets its first replica, and with it another name for its history', async () => {
  const opened = await openLine(['--repl-diskless-sync-delay', '0']);
  const { port } = opened.server;
  const replica = await startPrivateRedis({ args: ['--replicaof', '127.0.0.1', String(port)] });
  const onReplica = new Redis(replica.url).on('error', () => {});
  try {
    await eventually(async () =>
      expect(await onReplica.info('replication')).toContain('master_link_status:up'),
    );
    expect(await stateAfter(opened)).toEqual({ epochs: 0, isRestoring: false, positions: [1, 2, 3, 4] });
  } finally {
    await closeRedis(onReplica);
    await opened.close();
    await replica.stop();
  }
});

it('raises the epoch when a promoted replica restarts before any process has seen it, although it syncs each write', async () => {
  const pair = await startReplicatedPair({ args: SYNCED });
  const opened = await openLine([], pair.primary().server);
  try {
    await pair.catchUp();
    await pair.promoteReplica();
    const { token: lost } = await opened.room.join();
    await pair.primary().server.restart();
    opened.proxy.switchTo(pair.primary().server.port);
    expect(await stateAfter(opened)).toMatchObject({ epochs: 1, isRestoring: true });
    expect(await opened.room.checkInAll([lost])).toEqual([4]);
  } finally {
    await opened.close();
    await pair.stop();
  }
});
