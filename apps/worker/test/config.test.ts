import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@frontrow/adapters/process/environment.ts';
import { describe, expect, it } from 'vitest';
import { readWorkerConfig } from '../src/config.ts';

const SECRET = 'a-secret-of-at-least-thirty-two-characters';
const GOOD = {
  MYSQL_URL: 'mysql://root:pw@127.0.0.1:3306/frontrow',
  REDIS_URL: 'redis://127.0.0.1:6379',
  QUEUE_TOKEN_SECRETS: `k2:${SECRET},k1:${SECRET}`,
  ENTRY_TICKET_SECRETS: `E1:${SECRET}`,
};

function complaintOf(env: NodeJS.ProcessEnv): string {
  try {
    readWorkerConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return '';
}

describe('the worker’s configuration', () => {
  it('needs four variables, and has defaults for the rest', () => {
    expect(readWorkerConfig(GOOD)).toEqual({
      host: '127.0.0.1',
      port: 3001,
      logLevel: 'info',
      shutdownGraceMs: 10_000,
      tracing: null,
      ports: {
        mode: 'real',
        mysqlUrl: GOOD.MYSQL_URL,
        mysqlReadUrl: null,
        mysqlTls: null,
        mysqlPoolSize: 10,
        redisUrl: GOOD.REDIS_URL,
        redisTlsCa: null,
        redisSentinelPassword: null,
        redisKeyPrefix: 'frontrow',
        seatHoldStrategy: 'grouped',
        webhooksAllowPrivate: false,
        webhookSecretKeys: [],
        entryTicketSecrets: [{ keyId: 'E1', secret: SECRET }],
        queueTokenSecrets: [
          { keyId: 'k2', secret: SECRET },
          { keyId: 'k1', secret: SECRET },
        ],
      },
    });
  });

  it('takes no replica beside shards, and no shards as a replica', () => {
    const sharded = { ...GOOD, MYSQL_URL: 'vitess://root:pw@127.0.0.1:15306/staff' };
    expect(readWorkerConfig(sharded).ports.mysqlReadUrl).toBeNull();
    expect(complaintOf({ ...sharded, MYSQL_READ_URL: GOOD.MYSQL_URL })).toContain(
      'MYSQL_READ_URL must be absent where MYSQL_URL leads to shards',
    );
    expect(complaintOf({ ...GOOD, MYSQL_READ_URL: sharded.MYSQL_URL })).toContain(
      'MYSQL_READ_URL must be a URL that names a database',
    );
  });

  it('reads the scheme of a URL in capital letters too', () => {
    const env = { ...GOOD, MYSQL_URL: 'VITESS://root@127.0.0.1:15306/staff', MYSQL_READ_URL: GOOD.MYSQL_URL };
    expect(complaintOf(env)).toContain('MYSQL_READ_URL must be absent');
  });

  it('names the URL whose password has a percent sign that is not encoded', () => {
    expect(complaintOf({ ...GOOD, MYSQL_URL: 'mysql://root:100%@db/frontrow' })).toContain(
      'MYSQL_URL must have a percent sign in the password as %25',
    );
  });

  it('names every bad and every missing variable at once, and shows no value', () => {
    const message = complaintOf({
      MYSQL_URL: 'mysql://root:geheim@db',
      QUEUE_TOKEN_SECRETS: 'k1:geheim',
      ENTRY_TICKET_SECRETS: 'E1:geheim',
      WORKER_PORT: 'geheim',
      SEAT_HOLD_STRATEGY: 'geheim',
      REDIS_KEY_PREFIX: '{geheim}',
      REDIS_URL: '',
    });
    const named = message
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(' ')[0]);
    expect(named).toEqual([
      'ENTRY_TICKET_SECRETS',
      'MYSQL_URL',
      'QUEUE_TOKEN_SECRETS',
      'REDIS_KEY_PREFIX',
      'REDIS_URL',
      'SEAT_HOLD_STRATEGY',
      'WORKER_PORT',
    ]);
    expect(message).toContain('REDIS_URL is missing');
    expect(message).not.toContain('geheim');
  });

  it.each([
    ['WORKER_PORT', '65536'],
    ['WORKER_PORT', '-1'],
    ['WORKER_PORT', '1e3'],
    ['MYSQL_POOL_SIZE', '0'],
    ['MYSQL_POOL_SIZE', '2.5'],
    ['MYSQL_URL', 'postgres://db/frontrow'],
    ['MYSQL_URL', 'not a url'],
    ['MYSQL_URL', 'mysql://root:pw@127.0.0.1/frontrow?ssl-mode=REQUIRED'],
    ['REDIS_URL', 'redis://127.0.0.1:6379?family=6'],
    ['MYSQL_TLS', 'required'],
    ['REDIS_URL', 'http://127.0.0.1:6379'],
    ['REDIS_URL', 'redis+cluster://127.0.0.1:7000/1'],
    ['REDIS_URL', 'redis+sentinel://127.0.0.1:26379'],
    ['LOG_LEVEL', 'loud'],
    ['QUEUE_TOKEN_SECRETS', SECRET],
    ['QUEUE_TOKEN_SECRETS', `k.1:${SECRET}`],
    ['QUEUE_TOKEN_SECRETS', `k1:${SECRET},k1:${SECRET}`],
    ['QUEUE_TOKEN_SECRETS', `k1:${SECRET},`],
  ])('refuses %s=%s', (variable, value) => {
    expect(complaintOf({ ...GOOD, [variable]: value })).toMatch(
      new RegExp(`^The environment[^\n]*\n  ${variable} [^\n]+$`),
    );
  });

  it('reads a secret from a file, and refuses both at once and a file that is not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'frontrow-config-'));
    const file = join(folder, 'redis-url');
    await writeFile(file, `${GOOD.REDIS_URL}\n`);
    const { REDIS_URL: _, ...rest } = GOOD;
    expect(readWorkerConfig({ ...rest, REDIS_URL_FILE: file }).ports.redisUrl).toBe(GOOD.REDIS_URL);
    expect(complaintOf({ ...GOOD, REDIS_URL_FILE: file })).toContain(
      'REDIS_URL_FILE must not be set together',
    );
    expect(complaintOf({ ...rest, REDIS_URL_FILE: join(folder, 'none') })).toContain(
      'REDIS_URL_FILE names a file that cannot be read (ENOENT)',
    );
    expect(complaintOf({ ...rest, REDIS_URL_FILE: join(folder, 'none') })).not.toContain('is missing');
    await rm(folder, { recursive: true });
  });

  it.each([
    ['REDIS_URI', 'REDIS_URL'],
    ['MYSQL_POOLSIZE', 'MYSQL_POOL_SIZE'],
    ['SEAT_HOLD_STRATEGIE', 'SEAT_HOLD_STRATEGY'],
    ['LOGLEVEL', 'LOG_LEVEL'],
  ])('refuses %s, which looks like %s', (misspelt, known) => {
    expect(complaintOf({ ...GOOD, [misspelt]: 'x' })).toContain(
      `${misspelt} is not known; did you mean ${known}?`,
    );
  });

  it('ignores the variables of other programs', () => {
    const others = {
      HOSTNAME: 'h',
      PORT: '1',
      MYSQL_PASSWORD: 'p',
      REDIS_PORT: '1',
      HOME: '/',
      PATH: '/bin',
      AUTH_MODE: 'dev',
    };
    expect(complaintOf({ ...GOOD, ...others })).toBe('');
  });

  it.each([
    ['a CA without TLS', { MYSQL_TLS_CA_FILE: import.meta.filename }, 'without a certificate'],
    [
      'a CA that is not there',
      { MYSQL_TLS: 'on', MYSQL_TLS_CA_FILE: '/none' },
      'MYSQL_TLS_CA_FILE names a file',
    ],
    ['TLS to an address', { MYSQL_TLS: 'on' }, 'MYSQL_URL must name the server by its host name'],
  ])('refuses %s', (_, variables, complaint) => {
    expect(complaintOf({ ...GOOD, ...variables })).toContain(complaint);
  });

  it('lets a secret contain a colon', () => {
    const { queueTokenSecrets } = readWorkerConfig({ ...GOOD, QUEUE_TOKEN_SECRETS: `k1:a:${SECRET}` }).ports;
    expect(queueTokenSecrets).toEqual([{ keyId: 'k1', secret: `a:${SECRET}` }]);
  });
});
