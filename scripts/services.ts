// `pnpm services`: runs MySQL and Redis for development until Ctrl-C, without keeping their data.
import type { Service } from '@frontrow/tests/support/services/service.ts';
import { startMysql } from '@frontrow/tests/support/services/start-mysql.ts';
import { startRedis } from '@frontrow/tests/support/services/start-redis.ts';

const [mysql, redis] = await startBoth();
const mysqlUrl = new URL(mysql.url);
if (mysqlUrl.pathname.length <= 1) mysqlUrl.pathname = '/frontrow'; // `pnpm migrate` creates it

console.log(`MySQL: ${mysql.how}`);
console.log(`Redis: ${redis.how}`);
console.log(`MYSQL_URL=${mysqlUrl.href}`);
console.log(`REDIS_URL=${redis.url}`);
console.log('Running until Ctrl-C.');

const keepAlive = setInterval(() => undefined, 60_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

async function startBoth(): Promise<[Service, Service]> {
  try {
    return await Promise.all([startMysql({ durable: false }), startRedis()]);
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    return process.exit(1); // also ends the server that has started
  }
}

async function stop(): Promise<void> {
  clearInterval(keepAlive);
  await Promise.all([mysql.stop(), redis.stop()]);
}
