import { loadRoomScripts } from '@frontrow/adapters/redis/waiting-room/room-scripts.ts';
import { epochOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { median } from '../harness/statistics.ts';
import type { Row } from '../harness/result-table.ts';
import type { Testbed } from '../harness/testbed.ts';
import { createBenchmarkSale } from '../data/benchmark-sale.ts';
import { type FullRoom, fillRoom } from './full-room.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const BATCH = 1_400;
const INTERVAL_MS = 100;
const TICKS = 9;
const MEMORY_SAMPLE = 200_000;

/** Measures Redis' memory per waiting fan: the growth of the whole server, and MEMORY USAGE of the waiting line. */
export async function measureMemory(
  testbed: Testbed,
  { concertId, waiters }: FullRoom,
): Promise<readonly Row[]> {
  const { redis, roomKeys } = testbed;
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
  const other = await createBenchmarkSale(testbed);
  await fillRoom(testbed, other, 1);
  const before = await used();
  await fillRoom(testbed, await createBenchmarkSale(testbed), MEMORY_SAMPLE);
  const perWaiter = ((await used()) - before) / MEMORY_SAMPLE;
  const line = Number(await redis.memory('USAGE', roomKeys(concertId).waiting, 'SAMPLES', 1_000));
  return [
    {
      path: 'Redis memory per waiting fan',
      figure: `${perWaiter.toFixed(0)} bytes (of 1,000,000: ${(line / waiters.length).toFixed(0)} in the waiting line)`,
      goal: '≤ 200 bytes',
      isMet: perWaiter <= 200,
    },
  ];
}

/** Measures the admission script by Redis' commandstats. */
export async function measureAdmission(testbed: Testbed, room: FullRoom): Promise<readonly Row[]> {
  const { application, redis, roomKeys, ports } = testbed;
  const { concertId, waiters } = room;
  const admission = { state: 'RUNNING', batchSize: BATCH, intervalMs: INTERVAL_MS } as const;
  await application.changePolicy({ by: BY_STAFF, concertId, admission, hold: {} });
  const run = loadRoomScripts(redis);
  const epoch = epochOf(waiters[0]!.sequence);
  const scriptMicros = async () => {
    const stats = await redis.info('commandstats');
    const usec = /cmdstat_evalsha:calls=\d+,usec=(\d+)/.exec(stats)?.[1];
    return Number(usec);
  };
  const ticks: number[] = [];
  while (ticks.length < TICKS) {
    const before = await scriptMicros();
    const { admitted } = await run('admit', roomKeys(concertId), epoch, 5_000);
    if (admitted === BATCH) ticks.push((await scriptMicros()) - before);
    else if (admitted !== 0) throw new Error(`${admitted} places were admitted instead of ${BATCH}`);
  }
  const { waiting, active } = await ports.waitingRoom.statistics(concertId);
  if (waiting !== waiters.length - TICKS * BATCH || active !== TICKS * BATCH)
    throw new Error(`${waiting} wait and ${active} are active`);
  await application.changePolicy({ by: BY_STAFF, concertId, admission: { state: 'PAUSED' }, hold: {} });
  const millis = median(ticks) / 1000;
  return [
    {
      path: 'one admission of 1,400 with 1,000,000 waiting',
      figure: `${millis.toFixed(1)} ms inside Redis`,
      goal: '≤ 15 ms',
      isMet: millis <= 15,
    },
  ];
}
