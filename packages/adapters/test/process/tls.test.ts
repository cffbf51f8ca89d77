import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@frontrow/tests/support/services/free-port.ts';
import { startPrivateMysql } from '@frontrow/tests/support/services/start-mysql.ts';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import { sql } from 'kysely';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMysql } from '../../src/mysql/connection/open-mysql.ts';
import { migrate } from '../../src/mysql/schema/migrate.ts';
import { closeRedis, openRedis } from '../../src/redis/connection/connection.ts';

type Pem = { readonly private: string; readonly cert: string };

/** A certificate authority, and a certificate that it has issued for the host. */
async function issue(host: string): Promise<{ ca: Pem; server: Pem }> {
  const year = { notAfterDate: new Date(Date.now() + 365 * 24 * 3600 * 1000), keySize: 2048 };
  const ca = await generate([{ name: 'commonName', value: 'frontrow test CA' }], {
    ...year,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: host }], {
    ...year,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
  });
  return { ca, server };
}

let folder: string;
let trusted: { ca: Pem; server: Pem };
let stranger: { ca: Pem; server: Pem };
let otherHost: { ca: Pem; server: Pem };
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-tls-'));
  [trusted, stranger, otherHost] = await Promise.all([
    issue('localhost'),
    issue('localhost'),
    issue('db.frontrow.test'),
  ]);
});
afterAll(async () => {
  for (const stop of stops) await stop();
  await rm(folder, { recursive: true });
});

async function filesOf(name: string, { ca, server }: { ca: Pem; server: Pem }) {
  const file = async (suffix: string, text: string) => {
    const path = join(folder, `${name}-${suffix}.pem`);
    await writeFile(path, text);
    return path;
  };
  return {
    ca: await file('ca', ca.cert),
    cert: await file('cert', server.cert),
    key: await file('key', server.private),
  };
}

async function startMysqlWith(name: string, issued: { ca: Pem; server: Pem }): Promise<string> {
  const { ca, cert, key } = await filesOf(name, issued);
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

async function startRedisWith(name: string, issued: { ca: Pem; server: Pem }): Promise<string> {
  const { ca, cert, key } = await filesOf(name, issued);
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
