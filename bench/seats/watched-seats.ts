import { setTimeout as sleep } from 'node:timers/promises';
import { createConcert } from '@frontrow/tests/support/concert-on-sale.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';
import { unwrap } from '@frontrow/tests/support/results.ts';
import { type Fan, admitFans, createBenchmarkDate } from '../data/benchmark-sale.ts';
import { newRequest } from './background-holds.ts';
import { countStatements } from '../harness/count-statements.ts';
import { wireRequest } from '../harness/http-socket.ts';
import type { Row } from '../harness/result-table.ts';
import { median } from '../harness/statistics.ts';
import { openSubscribers } from '../harness/subscribers.ts';
import type { Testbed } from '../harness/testbed.ts';

const WATCHERS = 10_000;
const SEATS = 1_000;
const CHANGES = 10;
const IDLE_MS = 3_000;
const EVENTS = ['event: state\n', 'event: changes\n'];
const CPU_GOAL_S = 1;
const AGE_GOAL_S = 0.5;

/** Opens 10,000 streams of one date, and measures what each hold and each cancellation costs the server. */
export async function measureWatchedSeats(testbed: Testbed): Promise<readonly Row[]> {
  const { eventId, watchers, buyer } = await admitWatchers(testbed);
  const server = await testbed.startServer();
  const path = `GET /v1/events/${eventId}/seats/stream`;
  const before = await server.usage();
  const requests = watchers.map(({ headers }) => wireRequest(path, headers));
  const subscribers = await openSubscribers(server.port, requests, EVENTS);
  try {
    const change = holdAndCancel(testbed, buyer, eventId);
    // A warm-up: V8 compiles the code of the fan-out.
    for (let warmUp = 0; warmUp < 2; warmUp += 1) await Promise.all([change(), subscribers.nextEvent()]);
    const open = await server.usage();
    let idle = open;
    const statements = await countStatements(testbed.mysqlUrl, async () => {
      await sleep(IDLE_MS);
      idle = await server.usage();
    });
    const [cpu, age]: [number[], number[]] = [[], []];
    for (let round = 0; round < CHANGES; round += 1) {
      const start = await server.usage();
      await change();
      const committedAt = performance.now();
      await subscribers.nextEvent();
      age.push((performance.now() - committedAt) / 1e3);
      cpu.push(((await server.usage()).cpuMicros - start.cpuMicros) / 1e6);
    }
    const idleCpu = (idle.cpuMicros - open.cpuMicros) / 1e3 / IDLE_MS;
    const kib = (open.rssBytes - before.rssBytes) / WATCHERS / 1_024;
    return [
      {
        path: `one change of seats to ${WATCHERS} watchers`,
        figure: `${median(cpu).toFixed(2)} s CPU, ${kib.toFixed(0)} KiB RSS per stream`,
        goal: `< ${CPU_GOAL_S} s CPU`,
        isMet: median(cpu) < CPU_GOAL_S,
      },
      {
        path: 'from the commit to the last of them',
        figure: `${median(age).toFixed(2)} s, at most ${Math.max(...age).toFixed(2)} s`,
        goal: `≤ ${AGE_GOAL_S} s`,
        isMet: Math.max(...age) <= AGE_GOAL_S,
      },
      {
        path: `${WATCHERS} watchers without a change`,
        figure: `${idleCpu.toFixed(3)} s CPU and ${((statements / IDLE_MS) * 1e3).toFixed(1)} statements per second`,
        goal: '',
        isMet: null,
      },
    ];
  } finally {
    subscribers.close();
    await server.stop();
  }
}

async function admitWatchers(testbed: Testbed) {
  const concertId = await createConcert(testbed.application);
  await testbed.application.changePolicy({
    by: BY_STAFF,
    concertId,
    admission: { batchSize: 2 * WATCHERS },
    hold: { unpaidHoldsMax: null },
  });
  const eventId = await createBenchmarkDate(testbed, concertId, SEATS);
  const [buyer, ...watchers] = await admitFans(testbed, concertId, WATCHERS + 1);
  if (buyer === undefined) throw new Error('nobody was admitted');
  return { eventId, watchers, buyer };
}

/** The next call holds four seats, and the one after it cancels the hold. */
function holdAndCancel({ application }: Testbed, { userId, ticket }: Fan, eventId: string) {
  let reservationId: string | null = null;
  return async () => {
    if (reservationId !== null) {
      unwrap(await application.cancelReservation({ userId, reservationId }));
      reservationId = null;
      return;
    }
    const seatNumbers = [101, 102, 501, 502];
    const command = { userId, ticket, eventId, seatNumbers, request: newRequest(userId) };
    reservationId = unwrap(await application.holdSeats(command)).value.id;
  };
}
