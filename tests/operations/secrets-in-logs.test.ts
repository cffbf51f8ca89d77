import { randomUUID } from 'node:crypto';
import { createAccounts, grantTablePrivileges } from '@frontrow/adapters/mysql/schema/accounts.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runPresale } from '../journeys/run-presale.ts';
import { runJourney } from '../journeys/run-journey.ts';
import { AUTH_JWT_SECRET } from '../support/access-tokens.ts';
import { type Call, type Client, createClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { createFan } from '../support/fan.ts';
import { createOperator } from '../support/operator.ts';
import { type Installation, startInstallation } from '../support/start-installation.ts';

const TICKET = /v1\.test\.[\w-]+\.[\w-]+/g;
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

const PASSWORDS = {
  migration: `migration-${randomUUID()}`,
  http: `http-${randomUUID()}`,
  worker: `worker-${randomUUID()}`,
  redis: `redis-${randomUUID()}`,
};

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation({ http: 0, privateRedis: true, privateMysql: true });
  const mysqlUrl = `${installation.privateMysql().url}/frontrow`;
  const account = (name: 'migration' | 'http' | 'worker') => ({ name, password: PASSWORDS[name] });
  const accounts = { migration: account('migration'), http: account('http'), worker: account('worker') };
  await createAccounts(mysqlUrl, accounts);
  await grantTablePrivileges(mysqlUrl, { http: 'http', worker: 'worker' });
  await installation.redis.config('SET', 'requirepass', PASSWORDS.redis);

  const env = (name: 'http' | 'worker') => ({
    MYSQL_URL: withAccount(mysqlUrl, name, PASSWORDS[name]),
    REDIS_URL: withAccount(installation.redisUrl, '', PASSWORDS.redis),
    LOG_LEVEL: 'trace',
  });
  await installation.startHttp(env('http'));
  await installation.startWorker(env('worker'));
});
afterAll(() => installation.close());

// Drivers put what they were given into their errors, so both servers are lost while requests run.
it('no secret of a whole journey, or of an outage, is in a log', async () => {
  const sent = new Set<string>();
  const [http] = installation.http;
  const client = recording(createClient(http?.url ?? ''), sent);
  const fan = (userId: string, scope?: string) => createFan(userId, () => client, scope);
  const mina = fan('mina');
  try {
    await runJourney({ admin: fan('admin', 'admin'), mina, jun: fan('jun'), stranger: fan('stranger') });
    const admin = fan('admin', 'admin');
    const presale = { operator: createOperator(admin), admin, member: fan('member'), guest: fan('guest') };
    for (const code of await runPresale(presale)) sent.add(code).add(code.replaceAll('-', ''));
    await installation.privateMysql().kill();
    await installation.privateRedis().kill();
    for (const call of [() => mina.charge(1, `outage-${randomUUID()}`), () => mina.wallet()])
      expect((await call()).status).toBe(503);
    await mina.status();
    await eventually(async () => expect((await fetch(`${http?.url}/readyz`)).status).toBe(503));
  } finally {
    await client.close();
  }

  const logs = [...installation.http, ...installation.workers].map((process) => process.output()).join('\n');
  expect(logs.split('\n').length).toBeGreaterThan(100);
  expect(sent.size).toBeGreaterThan(20);
  const secrets = [
    ...sent,
    AUTH_JWT_SECRET,
    'tickets-of-the-tests-are-signed-with-this',
    ...Object.values(PASSWORDS),
  ];
  expect(secrets.filter((secret) => logs.includes(secret))).toEqual([]);
  expect(JWT.exec(logs)).toBeNull();
  expect(logs).not.toMatch(TICKET);
  expect(logs).not.toMatch(/\/\/[^/\s"]*:[^/\s"@]+@/); // a URL with a password
});

function withAccount(url: string, username: string, password: string): string {
  return Object.assign(new URL(url), { username, password }).href;
}

/** Adds the secrets of every request and answer to `sent`. */
function recording(client: Client, sent: Set<string>): Client {
  return {
    close: () => client.close(),
    async send<Body>(call: Call) {
      const answer = await client.send<Body>(call);
      for (const header of ['authorization', 'queue-token', 'idempotency-key']) {
        const value = call.headers?.[header]?.replace(/^Bearer /, '') ?? '';
        // A short key such as `pay` is also a word.
        if (value.length > 12) sent.add(value);
      }
      for (const ticket of JSON.stringify(answer.body ?? {}).match(TICKET) ?? []) sent.add(ticket);
      return answer;
    },
  };
}
