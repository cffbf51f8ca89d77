import type { TestProject } from 'vitest/node';
import { readSchema } from './mysql-schema.ts';
import { startMysql } from './services/start-mysql.ts';
import { startSharedRedis } from './services/start-shared-redis.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's URL without a database: each test file creates its own. */
    mysqlUrl: string;
    /** The statements that create the tables in a new database; empty where the server's URL names one. */
    mysqlSchema: string;
    redisUrl: string;
  }
}

/** Starts MySQL and Redis once for all test files of a run, which read the URLs with vitest's `inject`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [mysql, redis] = await Promise.all([startMysql(), startSharedRedis()]);
  console.log(`MySQL: ${mysql.how}\nRedis: ${redis.how}`);
  project.provide('mysqlUrl', mysql.url);
  const namesDatabase = new URL(mysql.url).pathname.length > 1;
  project.provide('mysqlSchema', namesDatabase ? '' : await readSchema(mysql.url));
  project.provide('redisUrl', redis.url);
  return async () => {
    await Promise.all([mysql.stop(), redis.stop()]);
  };
}
