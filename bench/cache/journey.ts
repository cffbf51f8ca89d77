import { randomUUID } from 'node:crypto';
import { type Answer, type Call, type Client, createClient } from '@frontrow/tests/support/client.ts';
import { median } from '../harness/compare.ts';
import type { Row } from '../harness/report.ts';
import type { World } from '../harness/world.ts';
import { CONCERTS, concertIdAt } from '../data/concerts.ts';
import { PRICE, addConcert, granted, openDate } from '../data/on-sale.ts';
import { accessTokenOf, newUserIds } from '../waiting-room/crowd.ts';
import type { Pair } from './arrivals.ts';

const ROUNDS = { warmUp: 1, measured: 5 };
const FANS_PER_SLICE = 160;
const FANS_AT_ONCE = 32;
const SEATS_PER_DATE = 50;
/** List, dates of another concert, dates of this, join, poll, seats, hold, pay. */
const REQUESTS_PER_JOURNEY = 8;

type Sale = { readonly concertId: string; readonly eventIds: readonly string[] };
type Buyer = { readonly userId: string; readonly eventId: string; readonly seatNumber: number };

/** Whole journeys by fans who buy a seat each, with the cache and without, by turns. */
export async function compareJourneys(world: World, pair: Pair): Promise<Row[]> {
  const slices = 2 * (ROUNDS.warmUp + ROUNDS.measured);
  const buyers = await openSale(world, slices * FANS_PER_SLICE);
  const clients = { cached: newClient(pair.cached), uncached: newClient(pair.uncached) };
  const perSecond: Record<keyof Pair, number[]> = { cached: [], uncached: [] };
  const cpuMicros: Record<keyof Pair, number[]> = { cached: [], uncached: [] };
  let next = 0;
  for (let round = 0; round < ROUNDS.warmUp + ROUNDS.measured; round += 1)
    for (const way of ['uncached', 'cached'] as const) {
      const slice = buyers.fans.slice(next, (next += FANS_PER_SLICE));
      const before = await pair[way].usage();
      const startedAt = performance.now();
      await inTurns(slice, (buyer) => book(clients[way], buyers.sale, buyer));
      const elapsedMs = performance.now() - startedAt;
      const requests = slice.length * REQUESTS_PER_JOURNEY;
      if (round < ROUNDS.warmUp) continue;
      perSecond[way].push((requests / elapsedMs) * 1_000);
      cpuMicros[way].push(((await pair[way].usage()).cpuMicros - before.cpuMicros) / requests);
    }
  await Promise.all(Object.values(clients).map((client) => client.close()));
  await assertSold(world, buyers.sale, buyers.fans.length);
  return (['uncached', 'cached'] as const).map((way) => ({
    path: `whole journeys, ${way}, ${FANS_AT_ONCE} fans at a time`,
    figure:
      `${median(perSecond[way]).toFixed(0)} requests a second, ` +
      `${median(cpuMicros[way]).toFixed(0)} µs of the server each`,
    goal: '',
    isMet: null,
  }));
}

/** A concert with dates enough that everyone gets a seat, and the price of one in every wallet. */
async function openSale(world: World, count: number) {
  const { application } = world;
  const concertId = await addConcert(world);
  await application.changePolicy({ concertId, admission: { batchSize: 100_000 }, hold: {} });
  const eventIds: string[] = [];
  while (eventIds.length * SEATS_PER_DATE < count)
    eventIds.push(await openDate(world, concertId, SEATS_PER_DATE, 48 + eventIds.length));
  const fans = newUserIds(count).map((userId, index) => ({
    userId,
    eventId: eventIds[Math.floor(index / SEATS_PER_DATE)]!,
    seatNumber: (index % SEATS_PER_DATE) + 1,
  }));
  await inTurns(fans, async ({ userId }) => {
    const request = { userId, operation: 'charge', key: 'charge', fingerprint: '' };
    granted(await application.chargeWallet({ userId, amount: PRICE, request }));
  });
  return { sale: { concertId, eventIds }, fans };
}

/** One fan's way from the list of concerts to the ticket. */
async function book(client: Client, { concertId }: Sale, { userId, eventId, seatNumber }: Buyer) {
  const authorization = `Bearer ${accessTokenOf(userId)}`;
  const send = async (status: number, call: Call): Promise<Record<string, string>> => {
    const answer: Answer<Record<string, string>> = await client.send(call);
    if (answer.status !== status)
      throw new Error(`${call.method} ${call.path} was answered ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await send(200, { method: 'GET', path: '/v1/concerts' });
  const other = concertIdAt(Math.floor(Math.random() * CONCERTS));
  await send(200, { method: 'GET', path: dates(other) });
  await send(200, { method: 'GET', path: dates(concertId) });
  const path = `/v1/concerts/${concertId}/queue-tokens`;
  const { token = '' } = await send(201, { method: 'POST', path, headers: { authorization } });
  const headers = { authorization, 'queue-token': token };
  await send(200, { method: 'GET', path: '/v1/queue-tokens/current', headers });
  await send(200, { method: 'GET', path: `/v1/events/${eventId}/seats`, headers });
  const body = { eventId, seatNumbers: [seatNumber] };
  const keyed = () => ({ ...headers, 'idempotency-key': randomUUID() });
  const held = await send(201, { method: 'POST', path: '/v1/reservations', headers: keyed(), body });
  await send(201, {
    method: 'POST',
    path: '/v1/payments',
    headers: keyed(),
    body: { reservationId: held['id'] },
  });
}

const dates = (concertId: string) => `/v1/concerts/${concertId}/events?bookable=true`;

/** So many at a time, each once the one before is done. */
async function inTurns<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  await Promise.all(
    Array.from({ length: FANS_AT_ONCE }, async () => {
      for (const one of waiting) await work(one);
    }),
  );
}

async function assertSold({ ports }: World, { eventIds }: Sale, count: number): Promise<void> {
  const listings = await Promise.all(eventIds.map((id) => ports.seatReads.list(id, [])));
  const sold = listings.flatMap(({ seats }) => seats).filter(({ status }) => status === 'SOLD').length;
  if (sold !== count) throw new Error(`${sold} seats are sold after ${count} journeys`);
}

function newClient({ port }: { readonly port: number }): Client {
  return createClient(`http://127.0.0.1:${port}`);
}
