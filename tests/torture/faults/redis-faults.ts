import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Installation } from '../installation.ts';
import type { Fault } from './fault.ts';

async function withAdmin<T>(installation: Installation, work: (admin: Redis) => Promise<T>): Promise<T> {
  const admin = installation.connectToRedis();
  try {
    return await work(admin);
  } finally {
    admin.disconnect();
  }
}

export const REDIS_FAULTS: readonly Fault[] = [
  {
    name: 'Redis is emptied',
    subject: 'redis',
    losesRedis: true,
    run: (installation) => withAdmin(installation, async (admin) => void (await admin.flushall())),
  },
  {
    name: 'Redis is stopped in good order and started with its data',
    subject: 'redis',
    async run(installation, random) {
      const redis = installation.redis();
      await redis.kill('SIGTERM');
      await delay(random.between(0, 2_000));
      await redis.restart();
    },
  },
  {
    name: 'Redis is killed and started with its data',
    subject: 'redis',
    async run(installation, random) {
      const redis = installation.redis();
      await redis.kill('SIGKILL');
      await delay(random.between(0, 3_000));
      await redis.restart();
    },
  },
  {
    name: 'Redis is silent',
    subject: 'redis',
    async run(installation, random) {
      const { pid } = installation.redis();
      if (pid === undefined) return;
      process.kill(pid, 'SIGSTOP');
      await delay(random.between(500, 6_000));
      process.kill(pid, 'SIGCONT');
    },
  },
  {
    name: 'Redis is full',
    subject: 'redis',
    run: (installation, random) =>
      withAdmin(installation, async (admin) => {
        await admin.config('SET', 'maxmemory', '1');
        await delay(random.between(500, 4_000));
        await admin.config('SET', 'maxmemory', '0');
      }),
  },
  {
    name: 'Redis fails over to a replica that lags',
    subject: 'redis',
    losesRedis: true,
    run: (installation, random) => installation.failOver(random.between(0, 1_000)),
  },
];
