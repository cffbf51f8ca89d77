import { isSharded } from '@frontrow/adapters/mysql/shards/sharded-url.ts';
import { randomBytes } from 'node:crypto';
import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { auditBooks } from '@frontrow/worker/audit/audit-books.ts';
import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { inject } from 'vitest';
import { connectRedis, removeKeys } from './connect-redis.ts';
import { readSales } from './empty-shards.ts';
import { createTestDatabase } from './mysql-database.ts';
import type { PrivateServer } from './services/service.ts';
import { type SecuredAccess, addressOf, userArgs } from './redis-sets/secured-access.ts';
import { type RedisSetKind, startRedisSet } from './redis-sets/start-redis-set.ts';
import { startPrivateMysql } from './services/start-mysql.ts';
import { type MysqlPair, startMysqlPair } from './services/start-mysql-pair.ts';
import { startPrivateRedis } from './services/start-redis.ts';

export type ServerOptions = {
  /** Whether the installation has its own Redis with replicas, which fails over within seconds. */
  readonly redisSet?: RedisSetKind;
  /** Whether the installation has its own Redis, which a test may empty and kill. */
  readonly privateRedis?: boolean;
  /** Whether everybody reaches the first primary of Sentinels by a relay, which can cut it off. */
  readonly redisRelay?: boolean;
  /** What the installation's own Redis asks of its clients; by default nothing. */
  readonly redisAccess?: SecuredAccess;
  /** Whether the installation has its own MySQL, which flushes every commit to disk. */
  readonly privateMysql?: boolean;
  /** Whether the installation has two servers of MySQL behind one address. */
  readonly mysqlPair?: boolean;
};

/** How long a primary of `redisSet` may not answer before a replica takes over. */
const DOWN_AFTER_MS = 2_000;

/** Opens the MySQL and Redis of one installation, and adds to `cleanUp` what closes them. */
export async function openServers(options: ServerOptions, cleanUp: (() => Promise<unknown>)[]) {
  const { redisAccess: access } = options;
  const [database, redisServer, redisSet] = await Promise.all([
    openDatabase(options),
    options.privateRedis === true ? startOwnRedis(access) : null,
    options.redisSet === undefined
      ? null
      : startRedisSet(options.redisSet, DOWN_AFTER_MS, { access, relay: options.redisRelay === true }),
  ]);
  cleanUp.push(() => database.drop());
  if (redisServer !== null) cleanUp.push(() => redisServer.stop());
  if (redisSet !== null) cleanUp.push(() => redisSet.stop());
  const redisUrl = redisServer?.urlOfUser ?? redisSet?.url ?? inject('redisUrl');
  // A secured server has rules for the keys of the usual prefix.
  const keyPrefix = access === undefined ? `test-${randomBytes(6).toString('hex')}` : 'frontrow';

  const db = await connectTo(database.url);
  cleanUp.push(async () => db.destroy());
  const secrets = {
    tlsCa: access?.ca ?? null,
    sentinelPassword: access?.sentinelPassword ?? null,
  };
  const redis = connectRedis(redisUrl, secrets);
  cleanUp.push(async () => redis.disconnect());
  if (redisServer === null && redisSet === null) cleanUp.push(() => removeKeys(redis, keyPrefix));
  return {
    db,
    redis,
    redisUrl,
    keyPrefix,
    privateRedis: () => ownOf(redisServer),
    redisSet: () => ownOf(redisSet),
    privateMysql: () => ownOf(database.server),
    mysqlPair: () => ownOf(database.pair),
    async readRows(query: string, values: readonly unknown[]): Promise<RowDataPacket[]> {
      if (isSharded(database.url)) return readSales(db, query, values);
      const [rows] = await db.query<RowDataPacket[]>(query, [...values]);
      return rows;
    },
    async findViolations() {
      const report = await auditBooks({
        mysqlUrl: database.url,
        redisUrl,
        redisTlsCa: secrets.tlsCa,
        redisSentinelPassword: secrets.sentinelPassword,
        redisKeyPrefix: keyPrefix,
      });
      return report.violations;
    },
    env: {
      MYSQL_URL: database.url,
      REDIS_URL: redisUrl,
      ...(access === undefined ? {} : variablesOf(access)),
      REDIS_KEY_PREFIX: keyPrefix,
      QUEUE_TOKEN_SECRETS: 'test:tickets-of-the-tests-are-signed-with-this',
      ENTRY_TICKET_SECRETS: 'TEST:entry-tickets-of-the-tests-are-signed-with-this',
    },
  };
}

async function startOwnRedis(access: SecuredAccess | undefined) {
  const server = await startPrivateRedis({ access, args: access === undefined ? [] : userArgs(access) });
  const { scheme, userInfo, host } = addressOf(access);
  return Object.assign(server, { urlOfUser: `${scheme}://${userInfo}${host}:${server.port}` });
}

function variablesOf({ certificate, sentinelPassword }: SecuredAccess) {
  return { REDIS_TLS_CA_FILE: certificate.ca, REDIS_SENTINEL_PASSWORD: sentinelPassword };
}

type OpenedDatabase = {
  readonly url: string;
  readonly server: PrivateServer | null;
  readonly pair: MysqlPair | null;
  drop(): Promise<void>;
};

async function openDatabase({ privateMysql, mysqlPair }: ServerOptions): Promise<OpenedDatabase> {
  if (mysqlPair === true) {
    const pair = await startMysqlPair();
    return { url: await migrated(pair), server: null, pair, drop: () => pair.stop() };
  }
  if (privateMysql === true) {
    const server = await startPrivateMysql({ durable: true, bufferPoolMb: 64 });
    return { url: await migrated(server), server, pair: null, drop: () => server.stop() };
  }
  return { ...(await createTestDatabase()), server: null, pair: null };
}

async function migrated(server: { readonly url: string }): Promise<string> {
  const url = `${server.url}/frontrow`;
  await migrate(url);
  return url;
}

async function connectTo(uri: string): Promise<Connection> {
  const connection = await createConnection({ uri, timezone: 'Z' });
  connection.on('error', () => undefined); // a test may kill its server
  await connection.query(`set time_zone = '+00:00'`);
  return connection;
}

function ownOf<Server>(server: Server | null): Server {
  if (server === null) throw new Error('the installation shares this server with others');
  return server;
}
