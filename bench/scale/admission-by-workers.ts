import { setTimeout as sleep } from 'node:timers/promises';
import { startProcess } from '@frontrow/tests/support/processes.ts';
import type { Row } from '../harness/result-table.ts';
import { KEY_PREFIX, TICKET_SECRET, type Testbed } from '../harness/testbed.ts';
import { createBenchmarkSale } from '../data/benchmark-sale.ts';
import { fillRoom } from '../waiting-room/full-room.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const BATCH = 1_400;
const INTERVAL_MS = 1_000;
const WINDOWS = 8;
const FANS = 20_000;
const POLL_EVERY_MS = 50;
const WATCHED_MAX_MS = 30_000;

/**
 * Runs workers for WINDOWS admission windows and polls the room's statistics. Throws if they admit more than the windows
 * allow, or a fan out of order.
 */
export async function measureAdmission(testbed: Testbed, workers: number): Promise<Row> {
  const concertId = await createBenchmarkSale(testbed);
  const { waiters } = await fillRoom(testbed, concertId, FANS);
  const running = await Promise.all(Array.from({ length: workers }, () => startWorker(testbed)));
  try {
    await testbed.application.changePolicy({
      by: BY_STAFF,
      concertId,
      admission: { state: 'RUNNING', batchSize: BATCH, intervalMs: INTERVAL_MS },
      hold: {},
    });
    const admitted = await watchWindows(testbed, concertId);
    await testbed.application.changePolicy({
      by: BY_STAFF,
      concertId,
      admission: { state: 'PAUSED' },
      hold: {},
    });
    const offered = await testbed.redis.zrange(testbed.roomKeys(concertId).offered, '0', '-1');
    const first = new Set(waiters.slice(0, offered.length).map(({ userId }) => userId));
    if (offered.some((userId) => !first.has(userId))) throw new Error('a fan was admitted out of order');
    return {
      path: `admission by ${workers} worker${workers === 1 ? '' : 's'}`,
      figure: `${admitted} in ${WINDOWS} windows of ${BATCH}, in order`,
      goal: `${WINDOWS * BATCH}, in order`,
      isMet: admitted === WINDOWS * BATCH,
    };
  } finally {
    await Promise.all(running.map((worker) => worker.kill('SIGTERM')));
  }
}

/**
 * Returns how many places were admitted in WINDOWS windows, by Redis' clock. Throws if a window opens too early or admits
 * too many, or after WATCHED_MAX_MS.
 */
async function watchWindows({ ports }: Testbed, concertId: string): Promise<number> {
  const deadline = performance.now() + WATCHED_MAX_MS;
  const windows = new Map<number, number>();
  for (;;) {
    const { admittedTotal, room } = await ports.waitingRoom.statistics(concertId);
    if (room.window !== null) windows.set(room.window.openedAt, room.window.used);
    const openings = [...windows.keys()];
    const isEarly = openings.some((openedAt, n) => n > 0 && openedAt - openings[n - 1]! < INTERVAL_MS);
    if (isEarly) throw new Error(`windows of ${INTERVAL_MS} ms opened at ${openings.join(', ')}`);
    if (admittedTotal > windows.size * BATCH)
      throw new Error(`${admittedTotal} are admitted after ${windows.size} windows`);
    if (windows.size === WINDOWS && admittedTotal >= WINDOWS * BATCH) return admittedTotal;
    if (performance.now() > deadline)
      throw new Error(`only ${admittedTotal} are admitted after ${WATCHED_MAX_MS} ms`);
    await sleep(POLL_EVERY_MS);
  }
}

function startWorker({ mysqlUrl, redisUrl }: Testbed) {
  return startProcess({
    name: 'worker',
    main: 'apps/worker/src/main.ts',
    env: {
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      MYSQL_URL: mysqlUrl,
      REDIS_URL: redisUrl,
      REDIS_KEY_PREFIX: KEY_PREFIX,
      QUEUE_TOKEN_SECRETS: `${TICKET_SECRET.keyId}:${TICKET_SECRET.secret}`,
      ENTRY_TICKET_SECRETS: `${TICKET_SECRET.keyId}:${TICKET_SECRET.secret}`,
      WORKER_PORT: '0',
    },
  });
}
