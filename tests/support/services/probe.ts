import { Redis } from 'ioredis';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

const CONNECT_TIMEOUT_MS = 5_000;

/** The first row of `query`, over a new connection. Throws what the driver throws. */
export async function askMysql(url: string, query: string): Promise<Record<string, unknown>> {
  const connection = await createConnection({ uri: url, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(query);
    return rows[0] ?? {};
  } finally {
    connection.destroy();
  }
}

/** The fields of Redis' `INFO server`, over a new connection; `ca` is the authority of a `rediss` server. Throws when there is no answer. */
export async function askRedis(url: string, ca?: string): Promise<Map<string, string>> {
  let refusal: unknown;
  const redis = new Redis(url, {
    lazyConnect: true,
    ...(ca === undefined ? {} : { tls: { ca } }),
    retryStrategy: null,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    disconnectTimeout: 50, // ioredis keeps Node alive for this long after a refused connection
  });
  redis.on('error', (cause: unknown) => (refusal = cause));
  try {
    await redis.connect();
    const fields = (await redis.info('server')).split('\r\n').map((line) => line.split(':'));
    return new Map(fields.map(([name = '', value = '']) => [name, value]));
  } catch (cause) {
    throw refusal ?? cause; // the socket's error says more than "Connection is closed."
  } finally {
    redis.disconnect();
  }
}
