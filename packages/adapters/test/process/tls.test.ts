import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Issued, issueCertificate, writeCertificate } from '@frontrow/tests/support/certificates.ts';
import { freePort } from '@frontrow/tests/support/services/free-port.ts';
import { startPrivateMysql } from '@frontrow/tests/support/services/start-mysql.ts';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMysql } from '../../src/mysql/connection/open-mysql.ts';
import { migrate } from '../../src/mysql/schema/migrate.ts';
import { closeRedis, openRedis } from '../../src/redis/connection/connection.ts';

let folder: string;
let trusted: Issued;
let stranger: Issued;
let otherHost: Issued;
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-tls-'));
  [trusted, stranger, otherHost] = await Promise.all([
    issueCertificate('localhost'),
    issueCertificate('localhost'),
    issueCertificate('db.frontrow.test'),
  ]);
});
afterAll(async () => {
  for (const stop of stops) await stop();
  await rm(folder, { recursive: true });
});

async function startMysqlWith(name: string, issued: Issued): Promise<string> {
  const { ca, cert, key } = await writeCertificate(folder, name, issued);
  const server = await startPrivateMysql({
    args: [`--ssl-ca=${ca}`, `--ssl-cert=${cert}`, `--ssl-key=${key}`],
  });
  stops.push(() => server.stop());
  const url = new URL(`${server.url}/frontrow_tls`);
  url.hostname = 'localhost';
  return url.href;
}

async function cipherWith(at: string, ca: string | null): Promise<string> {
  await migrate(at, { ca });
  const mysql = openMysql({ url: at, tls: { ca }, poolSize: 1 });
  try {
    const { rows } = await sql<{ Value: string }>`show session status like 'Ssl_cipher'`.execute(mysql.db);
    return rows[0]?.Value ?? '';
  } finally {
    await mysql.close();
  }
}

describe('TLS to MySQL', () => {
  let url: string;
  let urlOfAnotherHost: string;
  beforeAll(async () => {
    url = await startMysqlWith('mysql', trusted);
    urlOfAnotherHost = await startMysqlWith('mysql-other', otherHost);
  });

  it('encrypts, and verifies the certificate by the given authority', async () => {
    expect(await cipherWith(url, trusted.ca.cert)).toMatch(/TLS|AES/);
  });

  it.each([
    ['of another authority', () => cipherWith(url, stranger.ca.cert)],
    ['where no authority is given', () => cipherWith(url, null)],
    ['of another host', () => cipherWith(urlOfAnotherHost, otherHost.ca.cert)],
  ])('refuses a certificate %s', async (_, connect) => {
    await expect(connect()).rejects.toThrow(/certificate|altnames/);
  });
});

async function startRedisWith(name: string, issued: Issued): Promise<string> {
  const { ca, cert, key } = await writeCertificate(folder, name, issued);
  const port = await freePort();
  const tls = [
    '--tls-port',
    String(port),
    '--tls-ca-cert-file',
    ca,
    '--tls-cert-file',
    cert,
    '--tls-key-file',
    key,
  ];
  const server = await startPrivateRedis({ args: [...tls, '--tls-auth-clients', 'no'] });
  stops.push(() => server.stop());
  return `rediss://localhost:${port}`;
}

async function pingWith(at: string, ca: string | null): Promise<string> {
  const redis = await openRedis({ url: at, tlsCa: ca, onError: () => undefined });
  try {
    return await redis.ping();
  } finally {
    await closeRedis(redis);
  }
}

describe('TLS to Redis', () => {
  let url: string;
  let urlOfAnotherHost: string;
  beforeAll(async () => {
    url = await startRedisWith('redis', trusted);
    urlOfAnotherHost = await startRedisWith('redis-other', otherHost);
  });

  it('verifies the certificate by the given authority', async () => {
    expect(await pingWith(url, trusted.ca.cert)).toBe('PONG');
  });

  it.each([
    ['of another authority', () => pingWith(url, stranger.ca.cert)],
    ['where no authority is given', () => pingWith(url, null)],
    ['of another host', () => pingWith(urlOfAnotherHost, otherHost.ca.cert)],
  ])('refuses a certificate %s', async (_, connect) => {
    await expect(connect()).rejects.toThrow(/REDIS_URL.*(certificate|altnames)/);
  });
});
