import {
  createSecuredAccess,
  type SecuredAccess,
} from '@frontrow/tests/support/redis-sets/secured-access.ts';
import type { RedisSet } from '@frontrow/tests/support/redis-sets/redis-set.ts';
import { startRedisSet } from '@frontrow/tests/support/redis-sets/start-redis-set.ts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { closeRedis } from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import { openPermittedRedis } from '../../../src/redis/connection/permissions.ts';

let access: SecuredAccess;
let cluster: RedisSet;
let sentinels: RedisSet;
beforeAll(async () => {
  access = await createSecuredAccess();
  [cluster, sentinels] = await Promise.all([
    startRedisSet('cluster', undefined, { access }),
    startRedisSet('sentinel', undefined, { access }),
  ]);
});
afterAll(() => Promise.all([cluster, sentinels].map((set) => set.stop())));

type Changes = { readonly url?: string; readonly tlsCa?: string | null; readonly sentinelPassword?: string };

/** What a process writes once it has started; otherwise it throws. */
async function open({ url }: RedisSet, changes: Changes = {}): Promise<string | null> {
  const { ca: tlsCa, sentinelPassword } = access;
  const options = { url, tlsCa, sentinelPassword, onError: () => undefined, ...changes };
  const redis = await openPermittedRedis(options, createKeys('frontrow'));
  try {
    return await redis.set('frontrow:probe', 'a value', 'PX', 1_000);
  } finally {
    await closeRedis(redis);
  }
}

/** The user loses some rights on every server until the test ends. */
async function takeAway({ nodes }: RedisSet, rules: readonly string[]): Promise<void> {
  const { name, rules: before } = access.user;
  const setRules = (given: readonly string[]) =>
    Promise.all(nodes.map(({ client }) => client.acl('SETUSER', name, ...given)));
  onTestFinished(() => setRules(['resetkeys', 'resetchannels', ...before]).then(() => undefined));
  await setRules(rules);
}

describe.each([
  ['a cluster', () => cluster],
  ['Sentinels', () => sentinels],
])('%s with TLS and passwords', (_, set) => {
  it('serves the user of the runbook', async () => {
    expect(await open(set())).toBe('OK');
  });

  it.each<[string, (url: string) => Changes, RegExp]>([
    ['a wrong password', (url) => ({ url: url.replace('of-frontrow', 'guessed') }), /WRONGPASS/],
    ['no password', (url) => ({ url: url.replace('frontrow:of-frontrow@', '') }), /NOAUTH/],
    ['no authority', () => ({ tlsCa: null }), /self-signed certificate/],
  ])('says in a line what is wrong with %s', async (__, changes, expected) => {
    const error = await open(set(), changes(set().url)).catch((thrown: Error) => thrown.message);
    expect(error).toMatch(expected);
    expect(error).toMatch(/^cannot use Redis at localhost:\d+\S* \(REDIS_URL, [^)]*\): [^\n]+$/);
    expect(error).not.toMatch(/of-frontrow|guessed/);
  });

  it.each([
    ['a command', ['-zadd'], 'ZADD'],
    ['the commands of scripts', ['-@scripting'], 'EVAL'],
    ['INFO', ['-info'], 'INFO'],
    ['its channels', ['resetchannels'], 'PUBLISH, SUBSCRIBE'],
    ['the keys of the jobs', ['resetkeys', '~frontrow:*'], 'SET {frontrow:jobs}'],
    ['its keys', ['resetkeys'], 'DEL, EXISTS, GET, HDEL, HEXISTS and \\d+ others'],
  ])('names what the user lacks, without %s', async (__, rules, named) => {
    await takeAway(set(), rules);
    await expect(open(set())).rejects.toThrow(
      new RegExp(`^the user of REDIS_URL may not run ${named} with keys of REDIS_KEY_PREFIX$`),
    );
  });
});

it('says in a line that the Sentinels have another password', async () => {
  const wrong = open(sentinels, { sentinelPassword: 'guessed' });
  await expect(wrong).rejects.toThrow(/^cannot use .*REDIS_SENTINEL_PASSWORD\): [^\n]*WRONGPASS[^\n]*$/);
});

it('names the commands of a cluster that the user lacks', async () => {
  await takeAway(cluster, ['-cluster|nodes']);
  await expect(open(cluster)).rejects.toThrow('may not run CLUSTER NODES');
});
