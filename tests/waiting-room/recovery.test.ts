import { type RedisClient, closeRedis, openRedis } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '@frontrow/adapters/redis/waiting-room/waiting-room.ts';
import {
  type TestRoom,
  openRoom,
  poll,
  ticketOf,
} from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import { type EndReason, type QueueToken, epochOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MysqlTestPorts, openMysqlTestPorts } from '../support/mysql-test-ports.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { type TcpProxy, openTcpProxy } from '../support/tcp-proxy.ts';
import { startPrivateRedis } from '../support/services/start-redis.ts';

/** Time for a dozen fans to return, on a slow machine too. */
const GRACE_MS = 4_000;
const PATIENT = { recoveryGraceMs: GRACE_MS, intervalMs: 100, batchSize: 3, claimTtlMs: 600_000 };

let testPorts: MysqlTestPorts;
let server: PrivateServer;
let proxy: TcpProxy;
let admin: Redis;
let here: RedisClient;
let there: RedisClient;

beforeAll(async () => {
  testPorts = await openMysqlTestPorts('grouped');
  server = await startPrivateRedis();
  proxy = await openTcpProxy(server.url);
  admin = new Redis(server.url).on('error', () => {});
  [here, there] = await Promise.all([connect(), connect()]);
});

afterAll(async () => {
  await Promise.all([here, there, admin].map(closeRedis));
  await proxy.close();
  await server.stop();
  await testPorts.close();
});

const connect = () => openRedis({ url: proxy.url, onError: () => {} });

/** A waiting room that two processes serve. */
async function openOnTwoProcesses(admission: Parameters<typeof openRoom>[1] = {}) {
  await eventually(() => Promise.all([here.ping(), there.ping()]));
  const keys = createKeys('recovery');
  const roomOf = (redis: RedisClient) =>
    createRedisWaitingRoom({ ...testPorts.ports, redis, keys, snapshotFreshMs: 0 });
  const [first, second] = [roomOf(here), roomOf(there)];
  const room = await openRoom({ ...testPorts.ports, waitingRoom: first }, { ...PATIENT, ...admission });
  return { room, waitingRoom: first, other: second };
}

/** Admits all tokens, and returns their users in the order of admission. */
async function admissionOrder(room: TestRoom, tokens: readonly QueueToken[]): Promise<readonly string[]> {
  const order: string[] = [];
  const outside = new Set(tokens);
  // A room that was lost admits nobody before a worker has counted the seats.
  await room.setInventory({});
  await eventually(async () => {
    await room.admit();
    for (const token of outside) {
      if ((await room.checkIn(token)).token.status !== 'ACTIVE') continue;
      order.push(token.userId);
      outside.delete(token);
    }
    expect(outside.size).toBe(0);
  });
  return order;
}

const users = (tokens: readonly QueueToken[]) => tokens.map(({ userId }) => userId);

/** Writes the end to the database alone. */
async function end({ concertId, userId, sequence }: QueueToken, reason: EndReason): Promise<void> {
  await testPorts.ports.transact(async ({ queueEnds }) => {
    await queueEnds.add({ concertId, userId, sequence, reason });
    return { ok: true, value: null };
  }, 'STAFF');
}

async function pausedLine(length: number) {
  const opened = await openOnTwoProcesses({ state: 'PAUSED' });
  return { ...opened, line: await opened.room.joinMany(length) };
}

describe('when Redis is emptied', () => {
  it('restores the order of the waiting fans, whoever returns first, before any newcomer', async () => {
    const { room, line, other } = await pausedLine(12);
    await admin.flushall();
    const newcomer = await room.join();
    expect(newcomer.token).toMatchObject({ status: 'WAITING' });
    expect(epochOf(newcomer.token.sequence)).toBe(2);
    for (const token of line.toReversed()) {
      const standing = await poll(other, token);
      expect(standing.token).toMatchObject({ status: 'WAITING', sequence: token.sequence });
      expect(isRestoring(standing.room, standing.asOf)).toBe(true);
    }
    await room.changePolicy({ state: 'RUNNING' });
    expect(await room.admit()).toMatchObject({ admitted: 0, waiting: 13 });
    expect(await admissionOrder(room, [newcomer.token, ...line])).toEqual(users([...line, newcomer.token]));
  });

  it('admits a fan who returns after the grace period by the old sequence, and moves no other fan down', async () => {
    const { room, line } = await pausedLine(4);
    const late = line[1]!;
    await admin.flushall();
    const newcomer = await room.join();
    for (const token of line) if (token !== late) await room.checkIn(token);
    await eventually(async () => {
      const { room: view, asOf } = await room.statistics();
      expect(isRestoring(view, asOf)).toBe(false);
    });
    const inTime = line.filter((token) => token !== late);
    expect(await room.checkInAll([...inTime, newcomer.token])).toEqual([1, 2, 3, 4]);
    expect(await room.checkInAll([late, ...inTime])).toEqual(['parked', 1, 2, 3]);
    await room.changePolicy({ state: 'RUNNING', batchSize: 1 });
    expect(await admissionOrder(room, [newcomer.token, ...line])).toEqual(users([...line, newcomer.token]));
  });

  it('accepts an active ticket until the end of the session that it contains', async () => {
    const { room, other } = await openOnTwoProcesses({ sessionTtlMs: 600_000 });
    const { token } = await room.join();
    expect(token.status).toBe('ACTIVE');
    await admin.flushall();
    await room.join();
    expect((await poll(other, token)).token).toEqual(token);
    expect((await room.checkIn(token)).token).toEqual(token);
    const lapsed = { ...ticketOf(token), sessionExpiresAt: token.issuedAt };
    expect((await other.checkIn({ ...lapsed, userId: 'somebody-else' })).token.status).toBe('EXPIRED');
  });

  it('restores no place that the database has ended', async () => {
    const { room, line } = await pausedLine(3);
    const [paid, left, stays] = line;
    await end(paid!, 'COMPLETED');
    await end(left!, 'LEFT');
    await admin.flushall();
    expect(await room.checkInAll([paid!, left!, stays!])).toEqual(['COMPLETED', 'LEFT', 1]);
    expect(await room.statistics()).toMatchObject({ waiting: 1, active: 0, parked: 0 });
  });

  it('keeps the older of two places of one user', async () => {
    const { room, line } = await pausedLine(2);
    const [first, second] = line;
    await admin.flushall();
    const again = await room.join(first!.userId);
    expect(again.created).toBe(true);
    expect(await room.checkInAll([first!, second!])).toEqual([1, 2]);
    expect(await room.checkInAll([again.token])).toEqual(['EXPIRED']);
    expect((await room.join(first!.userId)).token.sequence).toBe(first!.sequence);
    await end(first!, 'LEFT');
    await admin.flushall();
    expect(await room.checkInAll([again.token, first!])).toEqual(['EXPIRED', 'LEFT']);
  });

  it('keeps the newer of two places of one user while it has a session, also after the next loss', async () => {
    const { room } = await openOnTwoProcesses({ state: 'PAUSED', recoveryGraceMs: 100 });
    const [old] = await room.joinMany(1);
    await admin.flushall();
    await room.changePolicy({ state: 'RUNNING' });
    await room.setInventory({});
    const active = await eventually(async () => {
      await room.admit();
      const { token } = await room.join(old!.userId);
      expect(token.status).toBe('ACTIVE');
      return token;
    });
    expect(await room.checkInAll([old!, active])).toEqual(['EXPIRED', 'ACTIVE']);
    await end(active, 'LEFT');
    await admin.flushall();
    expect(await room.checkInAll([old!, active])).toEqual(['EXPIRED', 'LEFT']);
  });

  it('parks a ticket below the stored watermark, and admits it first', async () => {
    const { room, line } = await pausedLine(6);
    await room.changePolicy({ state: 'RUNNING' });
    await room.admit();
    await testPorts.ports.roomRecords.saveWatermark(room.concertId, await room.watermark());
    await room.changePolicy({ state: 'PAUSED' });
    await admin.flushall();
    expect(await room.checkInAll(line.toReversed())).toEqual([1, 1, 1, 'parked', 'parked', 'parked']);
    await room.changePolicy({ state: 'RUNNING' });
    expect(await admissionOrder(room, line)).toEqual(users(line));
  });

  it('opens the next window an interval after the last one at the earliest', async () => {
    const { room } = await openOnTwoProcesses({ intervalMs: 600_000, recoveryGraceMs: 100 });
    expect((await room.join()).token.status).toBe('ACTIVE');
    await admin.flushall();
    await room.join();
    const { room: view, asOf } = await room.statistics();
    expect(view.restoringUntil).toBeGreaterThan(asOf + 300_000);
  });
});

describe('when Redis has lost its newest writes', () => {
  it('gives no sequence twice and keeps the order after a restart from an old snapshot', async () => {
    const { room, waitingRoom, line } = await pausedLine(3);
    await admin.save();
    const lost = await room.joinMany(3);
    await server.kill('SIGKILL');
    await expect(waitingRoom.join(room.concertId, 'too-early')).rejects.toThrow('redis is unavailable');
    await server.restart();
    const newcomer = await eventually(() => room.join());
    expect(epochOf(newcomer.token.sequence)).toBe(epochOf(line[0]!.sequence) + 1);
    await room.checkInAll([...lost.toReversed(), ...line]);
    await room.changePolicy({ state: 'RUNNING' });
    const everyone = [...line, ...lost, newcomer.token];
    expect(new Set(everyone.map(({ sequence }) => sequence)).size).toBe(everyone.length);
    expect(await admissionOrder(room, everyone)).toEqual(users(everyone));
  });

  it('gives no sequence twice and keeps the order after a failover to a lagging replica', async () => {
    const { room, line } = await pausedLine(3);
    await withLaggingReplica(async (failOver) => {
      const lost = await room.joinMany(2);
      failOver();
      const newcomer = await eventually(() => room.join());
      await room.checkInAll([...lost, ...line]);
      await room.changePolicy({ state: 'RUNNING' });
      const everyone = [...line, ...lost, newcomer.token];
      expect(new Set(everyone.map(({ sequence }) => sequence)).size).toBe(everyone.length);
      expect(await admissionOrder(room, everyone)).toEqual(users(everyone));
    });
  });

  it('admits again the places that wait in the copy of a lagging replica', async () => {
    const { room, waitingRoom, line } = await pausedLine(3);
    await withLaggingReplica(async (failOver) => {
      await room.changePolicy({ state: 'RUNNING' });
      await room.setInventory({});
      expect(await room.admit()).toMatchObject({ admitted: 3 });
      const { roomRecords } = testPorts.ports;
      await roomRecords.saveWatermark(room.concertId, await waitingRoom.watermark(room.concertId));
      failOver();
      await eventually(() => room.statistics());
      expect(await admissionOrder(room, line)).toEqual(users(line));
    });
  });

  it('ends the places that the copy of a lagging replica still has', async () => {
    const { room, waitingRoom, line } = await pausedLine(4);
    const [left, paid, lost, stays] = line;
    await withLaggingReplica(async (failOver) => {
      await end(left!, 'LEFT');
      await end(paid!, 'COMPLETED');
      await end(lost!, 'EXPIRED');
      for (const { userId, sequence, concertId } of [left!, paid!, lost!])
        await waitingRoom.end({ concertId, userId, sequence }, 'LEFT');
      failOver();
      await eventually(() => room.statistics());
      expect(await room.statistics()).toMatchObject({ waiting: 1, parked: 0, active: 0 });
      expect(await room.checkInAll(line)).toEqual(['LEFT', 'COMPLETED', 'EXPIRED', 1]);
      expect((await room.placeOf(stays!.userId))?.sequence).toBe(stays!.sequence);
    });
  });
});

/** A replica that has all writes until now and none that follow, and the switch to it. */
async function withLaggingReplica(work: (failOver: () => void) => Promise<void>): Promise<void> {
  const replica = await startPrivateRedis({ args: ['--replicaof', '127.0.0.1', String(server.port)] });
  const onReplica = new Redis(replica.url).on('error', () => {});
  try {
    await eventually(async () =>
      expect(await onReplica.info('replication')).toContain('master_link_status:up'),
    );
    await admin.wait(1, 60_000);
    await onReplica.replicaof('NO', 'ONE');
    await work(() => proxy.switchTo(replica.port));
  } finally {
    proxy.switchTo(server.port);
    await closeRedis(onReplica);
    await replica.stop();
  }
}

describe('while Redis is down', () => {
  it('answers polls from the last snapshot, and refuses joins, check-ins and fresh statuses', async () => {
    const { room, waitingRoom, line } = await pausedLine(2);
    const before = await waitingRoom.statusFromSnapshot(ticketOf(line[1]!));
    await server.kill('SIGKILL');
    try {
      expect(await waitingRoom.statusFromSnapshot(ticketOf(line[1]!))).toEqual(before);
      await expect(waitingRoom.checkIn(ticketOf(line[1]!))).rejects.toThrow('redis is unavailable');
      await expect(waitingRoom.freshStatus(ticketOf(line[1]!))).rejects.toThrow('redis is unavailable');
      await expect(room.join()).rejects.toThrow('redis is unavailable');
    } finally {
      await server.restart();
    }
    await eventually(() => room.checkIn(line[0]!));
  });
});
