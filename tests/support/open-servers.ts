import { randomBytes } from 'node:crypto';
import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { auditBooks } from '@frontrow/worker/audit/audit-books.ts';
import { Redis } from 'ioredis';
import { type Connection, createConnection } from 'mysql2/promise';
import { inject } from 'vitest';
import { createTestDatabase } from './mysql-database.ts';
import type { PrivateServer } from './services/service.ts';
import { startPrivateMysql } from './services/start-mysql.ts';
import { startPrivateRedis } from './services/start-redis.ts';

export type ServerOptions = {
  /** Whether the installation has its own Redis, which a test may empty and kill. */
  readonly privateRedis?: boolean;
  /** Whether the installation has its own MySQL, which flushes every commit to disk. */
  readonly privateMysql?: boolean;
};

/** Opens the MySQL and Redis of one installation, and adds to `cleanUp` what closes them. */
export async function openServers(options: ServerOptions, cleanUp: (() => Promise<unknown>)[]) {
  const [database, redisServer] = await Promise.all([
    openDatabase(options.privateMysql === true),
    options.privateRedis === true ? startPrivateRedis() : null,
  ]);
  cleanUp.push(() => database.drop());
  if (redisServer !== null) cleanUp.push(() => redisServer.stop());
  const redisUrl = redisServer?.url ?? inject('redisUrl');
  const keyPrefix = `test-${randomBytes(6).toString('hex')}`;

  const db = await connectTo(database.url);
  cleanUp.push(async () => db.destroy());
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined); // it reconnects
  cleanUp.push(async () => redis.disconnect());
  if (redisServer === null) cleanUp.push(() => removeKeys(redis, keyPrefix));
  return {
    db,
    redis,
    redisUrl,
    keyPrefix,
    privateRedis: () => ownOf(redisServer),
    privateMysql: () => ownOf(database.server),
    async findViolations() {
      const report = await auditBooks({ mysqlUrl: database.url, redisUrl, redisKeyPrefix: keyPrefix });
      return report.violations;
    },
    env: {
      MYSQL_URL: database.url,
      REDIS_URL: redisUrl,
      REDIS_KEY_PREFIX: keyPrefix,
      QUEUE_TOKEN_SECRETS: 'test:tickets-of-the-tests-are-signed-with-this',
      ENTRY_TICKET_SECRETS: 'TEST:entry-tickets-of-the-tests-are-signed-with-this',
    },
  };
}

async function openDatabase(isPrivate: boolean) {
  if (!isPrivate) return { ...(await createTestDatabase()), server: null };
  const server = await startPrivateMysql({ durable: true, bufferPoolMb: 64 });
  const url = `${server.url}/frontrow`;
  await migrate(url);
  return { url, server, drop: () => server.stop() };
}

/** Removes every key that the processes under test have written. */
async function removeKeys(redis: Redis, keyPrefix: string): Promise<void> {
  for await (const page of redis.scanStream({ match: `*${keyPrefix}*`, count: 1_000 })) {
    const keys = page as string[];
    if (keys.length > 0) await redis.unlink(...keys);
  }
}

async function connectTo(uri: string): Promise<Connection> {
  const connection = await createConnection({ uri, timezone: 'Z' });
  connection.on('error', () => undefined); // a test may kill its server
  await connection.query(`set time_zone = '+00:00'`);
  return connection;
}

function ownOf(server: PrivateServer | null): PrivateServer {
  if (server === null) throw new Error('the installation shares this server with others');
  return server;
}
