import { randomUUID } from 'node:crypto';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { startRedisCluster } from '@frontrow/tests/support/redis-sets/redis-cluster.ts';
import { startRedisSentinels } from '@frontrow/tests/support/redis-sets/redis-sentinels.ts';
import type { RedisSet } from '@frontrow/tests/support/redis-sets/redis-set.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBullJobs } from '../../../src/bullmq/jobs.ts';
import {
  type RedisClient,
  closeRedis,
  openRedis,
  openSubscriber,
  subscribe,
  withUnavailable,
} from '../../../src/redis/connection/connection.ts';
import { checkRedis, readClockOffsetMs } from '../../../src/redis/connection/health.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';

const DOWN_AFTER_MS = 2_000;
let sets: Record<'cluster' | 'Sentinel', RedisSet>;

beforeAll(async () => {
  const [cluster, sentinels] = await Promise.all([
    startRedisCluster({ nodeTimeoutMs: DOWN_AFTER_MS }),
    startRedisSentinels({ downAfterMs: DOWN_AFTER_MS }),
  ]);
  sets = { cluster, Sentinel: sentinels };
});
afterAll(() => Promise.all(Object.values(sets).map((set) => set.stop())));

const ignore = () => undefined;

/** Keeps the connection busy until every command is answered again. Resolves with the errors in between. */
async function errorsUntilItServes(redis: RedisClient, key: string): Promise<unknown[]> {
  const errors: unknown[] = [];
  await eventually(async () => {
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => withUnavailable(() => redis.incr(key))));
    for (const outcome of outcomes) if (outcome.status === 'rejected') errors.push(outcome.reason);
    expect(outcomes.every(({ status }) => status === 'fulfilled')).toBe(true);
  });
  return errors;
}

const kinds = ['cluster', 'Sentinel'] as const;

it.each(kinds)('answers every command at once after it was opened: %s', async (name) => {
  const redis = await openRedis({ url: sets[name].url, onError: ignore });
  const keys = Array.from({ length: 60 }, () => randomUUID());
  expect(await Promise.all(keys.map((key) => redis.incr(key)))).toEqual(keys.map(() => 1));
  expect(await checkRedis(redis, createKeys('test').probes)).toBeNull();
  expect(Math.abs(await readClockOffsetMs(redis))).toBeLessThan(30_000);
  await closeRedis(redis);
});

it.each(kinds)('sends no command again when its connection breaks: %s', async (name) => {
  const key = randomUUID();
  const redis = await openRedis({ url: sets[name].url, onError: ignore });
  const { client } = await sets[name].primaryOf(key);
  const popped = withUnavailable(() => redis.blpop(key, 0));
  popped.catch(() => undefined); // awaited below
  await eventually(async () => expect(await client.client('LIST')).toContain('cmd=blpop'));
  await client.call('CLIENT', 'KILL', 'TYPE', 'NORMAL', 'SKIPME', 'YES');
  await client.rpush(key, 'not to be popped');
  await expect(popped).rejects.toThrow(Unavailable);
  expect(await client.llen(key)).toBe(1);
  await closeRedis(redis);
});

describe('when the primary is killed', () => {
  it.concurrent.each(kinds)('a command under way fails, and the new one serves: %s', async (name) => {
    const set = sets[name];
    const key = randomUUID();
    const redis = await openRedis({ url: set.url, onError: ignore });
    const subscriber = await openSubscriber({ url: set.url, onError: ignore });
    const heard = new Set<string>();
    subscriber.on('message', (_, message) => heard.add(message));
    await subscribe(subscriber, key);

    const primary = await set.primaryOf(key);
    const [unanswered] = await Promise.allSettled([
      withUnavailable(() => redis.blpop(key, 0)),
      primary.server.kill(),
    ]);
    expect(unanswered).toMatchObject({ status: 'rejected', reason: expect.any(Unavailable) });
    const errors = await errorsUntilItServes(redis, key);
    expect(errors.filter((error) => !(error instanceof Unavailable))).toEqual([]);
    await eventually(async () => {
      await redis.publish(key, 'back');
      expect(heard).toContain('back');
    });

    await primary.server.restart();
    await set.settled();
    await Promise.all([closeRedis(redis), closeRedis(subscriber)]);
  });
});

describe('when the primary no longer answers', () => {
  it.concurrent.each(kinds)('the new one serves: %s', async (name) => {
    const set = sets[name];
    const key = randomUUID();
    const redis = await openRedis({ url: set.url, onError: ignore });
    const { pid } = (await set.primaryOf(key)).server;
    process.kill(pid!, 'SIGSTOP');
    try {
      const errors = await errorsUntilItServes(redis, key);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.filter((error) => !(error instanceof Unavailable))).toEqual([]);
    } finally {
      process.kill(pid!, 'SIGCONT');
    }
    await closeRedis(redis);
  });
});

describe('a URL of another kind than its server', () => {
  it.each([
    ['a node of a cluster', () => single(sets.cluster.nodes[0]!.server), /cluster; use redis\+cluster:/],
    ['a Sentinel', () => single(portOf(sets.Sentinel.url)), /Sentinel; use redis\+sentinel:/],
    [
      'a single server as a cluster',
      () => `redis+cluster://127.0.0.1:${sets.Sentinel.nodes[0]!.server.port}`,
      /cluster support disabled; use redis:/,
    ],
    [
      'Sentinels by another name',
      () => sets.Sentinel.url.replace(/\w+$/, 'other'),
      /the Sentinels know no primary with the name other$/,
    ],
    [
      'a single server as a Sentinel',
      () => `redis+sentinel://127.0.0.1:${sets.Sentinel.nodes[0]!.server.port}/main`,
      /the server is no Sentinel; use redis:/,
    ],
    ['a cluster that is away', () => 'redis+cluster://:geheim@127.0.0.1:1,127.0.0.1:2', /ECONNREFUSED/],
    ['Sentinels that are away', () => 'redis+sentinel://:geheim@127.0.0.1:1/main', /ECONNREFUSED/],
  ])('is refused in one line: %s', async (_, url, reason) => {
    const opening = openRedis({ url: url(), onError: ignore });
    const error = await opening.then(
      () => null,
      (cause: unknown) => cause as Error,
    );
    expect(error?.message).toMatch(/^cannot use Redis at [\d.:,]+ \(REDIS_URL[^)]*\): [^\n]+$/);
    expect(error?.message).toMatch(reason);
    expect(error?.message).not.toContain('geheim');
  });
});

describe('a process that starts while no primary serves', () => {
  it('is refused the jobs of a cluster in one line', async () => {
    const { jobs: prefix } = createKeys(randomUUID());
    await sets.cluster.settled();
    const primary = await sets.cluster.primaryOf(prefix);
    const lost = [primary, ...(await sets.cluster.replicasOf(primary))];
    await Promise.all(lost.map(({ server }) => server.kill()));
    const opened: RedisClient[] = [];
    const open = async () => {
      opened.push(await openRedis({ url: sets.cluster.url, onError: ignore }));
      return opened.at(-1)!;
    };
    const jobs = createBullJobs({
      connect: { producer: open, worker: open, close: closeRedis },
      prefix,
      logger: pino({ enabled: false }),
      onError: ignore,
      onFailure: ignore,
    });
    await expect(jobs.start([])).rejects.toThrow(/^cannot use the jobs in Redis \(REDIS_URL\): [^\n]+$/);
    await Promise.all(opened.map(closeRedis));
  });

  it('is refused in one line by Sentinels whose servers do not answer', async () => {
    const pids = sets.Sentinel.nodes.map(({ server }) => server.pid!);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      const options = { url: sets.Sentinel.url, onError: ignore };
      const openings = await Promise.allSettled([openRedis(options), openSubscriber(options)]);
      for (const opening of openings)
        expect(opening).toMatchObject({
          status: 'rejected',
          reason: { message: expect.stringMatching(/^cannot use Redis at [^\n]+$/) },
        });
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
  });

  it('is told by Sentinels in one line which primary is gone', async () => {
    await Promise.all(sets.Sentinel.nodes.map(({ server }) => server.kill()));
    const refused = /^cannot use Redis at \S+ \([^)]*\): the primary frontrow: connect ECONNREFUSED [^\n]+$/;
    await eventually(() =>
      expect(openRedis({ url: sets.Sentinel.url, onError: ignore })).rejects.toThrow(refused),
    );
  });
});

function portOf(url: string): { port: number } {
  return { port: Number(/:(\d+)/.exec(url)?.[1]) };
}

function single({ port }: { port: number }): string {
  return `redis://:geheim@127.0.0.1:${port}`;
}
