import { randomUUID } from 'node:crypto';
import { type Answer, type Call, type Client, createClient } from '@frontrow/tests/support/client.ts';
import { median } from '../harness/statistics.ts';
import type { Row } from '../harness/result-table.ts';
import type { Testbed } from '../harness/testbed.ts';
import { CONCERTS, concertIdAt } from '../data/load-concerts.ts';
import { createConcert } from '@frontrow/tests/support/concert-on-sale.ts';
import { unwrap } from '@frontrow/tests/support/results.ts';
import { PRICE, createBenchmarkDate } from '../data/benchmark-sale.ts';
import { accessTokenOf, newUserIds } from '../data/fan-credentials.ts';
import type { CachePair } from './compare-arrivals.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const ROUNDS = { warmUp: 1, measured: 5 };
const FANS_PER_SLICE = 160;
const FANS_AT_ONCE = 32;
const SEATS_PER_DATE = 50;
/** List of concerts, dates of another concert, dates of this one, join, poll, seats, hold, pay. */
const REQUESTS_PER_JOURNEY = 8;

type JourneySale = { readonly concertId: string; readonly eventIds: readonly string[] };
type Buyer = { readonly userId: string; readonly eventId: string; readonly seatNumber: number };

/** Runs journeys of fans who buy one seat each, alternately with and without the cache. */
export async function compareJourneys(testbed: Testbed, pair: CachePair): Promise<Row[]> {
  const slices = 2 * (ROUNDS.warmUp + ROUNDS.measured);
  const { sale, fans } = await openJourneySale(testbed, slices * FANS_PER_SLICE);
  const clients = { cached: newClient(pair.cached), uncached: newClient(pair.uncached) };
  const perSecond: Record<keyof CachePair, number[]> = { cached: [], uncached: [] };
  const cpuMicros: Record<keyof CachePair, number[]> = { cached: [], uncached: [] };
  let next = 0;
  for (let round = 0; round < ROUNDS.warmUp + ROUNDS.measured; round += 1)
    for (const variant of ['uncached', 'cached'] as const) {
      const slice = fans.slice(next, (next += FANS_PER_SLICE));
      const before = await pair[variant].usage();
      const startedAt = performance.now();
      await forEachConcurrently(slice, (buyer) => buySeat(clients[variant], sale, buyer));
      const elapsedMs = performance.now() - startedAt;
      const requests = slice.length * REQUESTS_PER_JOURNEY;
      if (round < ROUNDS.warmUp) continue;
      perSecond[variant].push((requests / elapsedMs) * 1_000);
      cpuMicros[variant].push(((await pair[variant].usage()).cpuMicros - before.cpuMicros) / requests);
    }
  await Promise.all(Object.values(clients).map((client) => client.close()));
  await assertSold(testbed, sale, fans.length);
  return (['uncached', 'cached'] as const).map((variant) => ({
    path: `whole journeys, ${variant}, ${FANS_AT_ONCE} fans at a time`,
    figure:
      `${median(perSecond[variant]).toFixed(0)} requests per second, ` +
      `${median(cpuMicros[variant]).toFixed(0)} µs of the server each`,
    goal: '',
    isMet: null,
  }));
}

/** Creates a concert with a seat for every fan, and a wallet with the price of one seat for each. */
async function openJourneySale(testbed: Testbed, count: number) {
  const { application } = testbed;
  const concertId = await createConcert(testbed.application);
  await application.changePolicy({ by: BY_STAFF, concertId, admission: { batchSize: 100_000 }, hold: {} });
  const eventIds: string[] = [];
  while (eventIds.length * SEATS_PER_DATE < count)
    eventIds.push(await createBenchmarkDate(testbed, concertId, SEATS_PER_DATE, 48 + eventIds.length));
  const fans = newUserIds(count).map((userId, index) => ({
    userId,
    eventId: eventIds[Math.floor(index / SEATS_PER_DATE)]!,
    seatNumber: (index % SEATS_PER_DATE) + 1,
  }));
  await forEachConcurrently(fans, async ({ userId }) => {
    const request = { userId, operation: 'charge', key: 'charge', fingerprint: '' };
    unwrap(await application.chargeWallet({ userId, amount: PRICE, request }));
  });
  return { sale: { concertId, eventIds }, fans };
}

/** One fan's journey from the list of concerts to the payment. */
async function buySeat(client: Client, { concertId }: JourneySale, { userId, eventId, seatNumber }: Buyer) {
  const authorization = `Bearer ${accessTokenOf(userId)}`;
  const send = async (status: number, call: Call): Promise<Record<string, string>> => {
    const answer: Answer<Record<string, string>> = await client.send(call);
    if (answer.status !== status)
      throw new Error(`${call.method} ${call.path} was answered ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await send(200, { method: 'GET', path: '/v1/concerts' });
  const other = concertIdAt(Math.floor(Math.random() * CONCERTS));
  await send(200, { method: 'GET', path: datesPath(other) });
  await send(200, { method: 'GET', path: datesPath(concertId) });
  const path = `/v1/concerts/${concertId}/queue-tokens`;
  const { token = '' } = await send(201, { method: 'POST', path, headers: { authorization } });
  const headers = { authorization, 'queue-token': token };
  await send(200, { method: 'GET', path: '/v1/queue-tokens/current', headers });
  await send(200, { method: 'GET', path: `/v1/events/${eventId}/seats`, headers });
  const body = { eventId, seatNumbers: [seatNumber] };
  const withKey = () => ({ ...headers, 'idempotency-key': randomUUID() });
  const held = await send(201, { method: 'POST', path: '/v1/reservations', headers: withKey(), body });
  await send(201, {
    method: 'POST',
    path: '/v1/payments',
    headers: withKey(),
    body: { reservationId: held['id'] },
  });
}

const datesPath = (concertId: string) => `/v1/concerts/${concertId}/events?bookable=true`;

/** Runs `work` for every item, FANS_AT_ONCE at a time. */
async function forEachConcurrently<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const remaining = items.values();
  await Promise.all(
    Array.from({ length: FANS_AT_ONCE }, async () => {
      for (const item of remaining) await work(item);
    }),
  );
}

async function assertSold({ ports }: Testbed, { eventIds }: JourneySale, count: number): Promise<void> {
  const listings = await Promise.all(eventIds.map((id) => ports.seatReads.list(id, [])));
  const sold = listings.flatMap(({ seats }) => seats).filter(({ status }) => status === 'SOLD').length;
  if (sold !== count) throw new Error(`${sold} seats are sold after ${count} journeys`);
}

function newClient({ port }: { readonly port: number }): Client {
  return createClient(`http://127.0.0.1:${port}`);
}
