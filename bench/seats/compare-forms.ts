import { createConcert } from '@frontrow/tests/support/concert-on-sale.ts';
import { seededRandom } from '@frontrow/tests/support/seeded-random.ts';
import { createConnection } from 'mysql2/promise';
import { admitFans, createBenchmarkDate } from '../data/benchmark-sale.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import type { Row } from '../harness/result-table.ts';
import { median } from '../harness/statistics.ts';
import type { Testbed } from '../harness/testbed.ts';

const SEATS = 50_000;
const REQUESTS = { warmUp: 3, measured: 15 };
const BYTES_GOAL = 15_000;

/** The list and the compact form of 50,000 seats, half of them sold and some held in random order, one request at a time. */
export async function compareForms(testbed: Testbed, server: MeasuredServer): Promise<readonly Row[]> {
  const concertId = await createConcert(testbed.application);
  const eventId = await createBenchmarkDate(testbed, concertId, SEATS);
  await takeSeats(testbed, eventId);
  const [fan] = await admitFans(testbed, concertId, 1);
  const url = `http://127.0.0.1:${server.port}/v1/events/${eventId}/seats`;
  const headers = { ...fan!.headers, 'accept-encoding': 'gzip' };
  const list = await measure(server, url, headers);
  const compact = await measure(server, `${url}?format=compact`, headers);
  return [
    { path: 'list of 50,000 seats', figure: describe(list), goal: '', isMet: null },
    {
      path: 'compact form of 50,000 seats',
      figure: describe(compact),
      goal: `≤ ${BYTES_GOAL} bytes`,
      isMet: compact.bytes <= BYTES_GOAL,
    },
  ];
}

/** Of one request: its time, the CPU time of the server, and the size of the body as it is sent. */
type Measured = { readonly ms: number; readonly cpuMs: number; readonly bytes: number };

function describe({ ms, cpuMs, bytes }: Measured): string {
  return `${ms.toFixed(0)} ms, ${cpuMs.toFixed(1)} ms CPU, ${bytes} bytes`;
}

async function measure(
  server: MeasuredServer,
  url: string,
  headers: Record<string, string>,
): Promise<Measured> {
  let bytes = 0;
  const [times, cpu]: [number[], number[]] = [[], []];
  for (let request = 0; request < REQUESTS.warmUp + REQUESTS.measured; request += 1) {
    const start = await server.usage();
    const startedAt = performance.now();
    const response = await fetch(url, { headers });
    if (response.status !== 200) throw new Error(`the seats were refused with ${response.status}`);
    const text = await response.text();
    if (request < REQUESTS.warmUp) continue;
    times.push(performance.now() - startedAt);
    cpu.push(((await server.usage()).cpuMicros - start.cpuMicros) / 1e3);
    bytes = Number(response.headers.get('content-length') ?? text.length);
  }
  return { ms: median(times), cpuMs: median(cpu), bytes };
}

async function takeSeats({ mysqlUrl }: Testbed, eventId: string): Promise<void> {
  const random = seededRandom(7);
  const taken = { SOLD: [] as number[], HELD: [] as number[] };
  for (let number = 1; number <= SEATS; number += 1) {
    const drawn = random();
    if (drawn < 0.5) taken.SOLD.push(number);
    else if (drawn < 0.55) taken.HELD.push(number);
  }
  const db = await createConnection(mysqlUrl);
  try {
    for (const [status, numbers] of Object.entries(taken))
      await db.query(
        `update seat set status = ?, reservation_id = 'another', hold_expires_at = if(status = 'HELD', now(3) + interval 1 hour, null)
         where concert_event_id = ? and number in (?)`,
        [status, eventId, numbers],
      );
  } finally {
    await db.end();
  }
}
