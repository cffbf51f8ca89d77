import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { ReplyError } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import {
  closeRedis,
  openRedis,
  openSubscriber,
  redisFault,
  withUnavailable,
} from '../../../src/redis/connection/connection.ts';

type Server = Awaited<ReturnType<typeof startPrivateRedis>>;
const ignore = () => undefined;

describe('a connection to Redis', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startPrivateRedis();
  });
  afterAll(() => server.stop());

  it('fails each command at once while Redis is away, and serves again when it is back', async () => {
    const redis = await openRedis({ url: server.url, onError: ignore });
    const [unanswered] = await Promise.allSettled([
      withUnavailable(() => redis.blpop('nothing', 0)),
      server.kill(),
    ]);
    expect(unanswered).toMatchObject({ status: 'rejected', reason: expect.any(Unavailable) });
    await expect(withUnavailable(() => redis.get('a'))).rejects.toThrow(Unavailable);
    await server.restart();
    await eventually(async () => expect(await redis.ping()).toBe('PONG'));
    await closeRedis(redis);
  });

  it('gives up on a server that does not answer', async () => {
    const redis = await openRedis({ url: server.url, onError: ignore });
    await redis.client('PAUSE', 5_000, 'ALL');
    await expect(withUnavailable(() => redis.get('a'))).rejects.toThrow(Unavailable);
    await eventually(async () => expect(await redis.ping()).toBe('PONG'));
    await closeRedis(redis);
  });

  it('receives messages again after Redis was away', async () => {
    const subscriber = await openSubscriber({ url: server.url, onError: ignore });
    const heard = new Set<string>();
    subscriber.on('message', (_, message) => heard.add(message));
    await subscriber.subscribe('news');
    await server.restart();
    const redis = await openRedis({ url: server.url, onError: ignore });
    await eventually(async () => {
      await redis.publish('news', 'back');
      expect(heard).toContain('back');
    });
    await Promise.all([closeRedis(redis), closeRedis(subscriber)]);
  });
});

it('names the server that cannot be reached in one line, without its password', async () => {
  const opening = openRedis({ url: 'redis://user:geheim@127.0.0.1:1/0', onError: ignore });
  const error = await opening.then(
    () => null,
    (reason: unknown) => reason as Error,
  );
  expect(error?.message).toMatch(/^cannot use Redis at 127\.0\.0\.1:1 \(REDIS_URL\): .*ECONNREFUSED[^\n]*$/);
  expect(error?.message).not.toContain('geheim');
});

it.each(['LOADING Redis is loading', 'READONLY You cannot write', 'CLUSTERDOWN The cluster is down'])(
  'takes the answer %s for an outage',
  (answer) => {
    expect(redisFault(new ReplyError(answer))).toBeInstanceOf(Unavailable);
  },
);

it.each([
  new ReplyError('WRONGTYPE Operation'),
  new ReplyError('ERR Error running script'),
  new TypeError('x'),
])('does not take %s for an outage', (error) => {
  expect(redisFault(error)).toBe(error);
});
