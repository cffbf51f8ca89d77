import { randomUUID } from 'node:crypto';
import { holdRequest } from '../data/booking-requests.ts';
import { type Fan, addConcert, admitFans, openDate } from '../data/on-sale.ts';
import type { Contender } from '../harness/compare.ts';
import type { World } from '../harness/world.ts';

const HOUR_MS = 3_600_000;

export type Sale = { readonly concertId: string; readonly fans: readonly Fan[] };

/** A concert on sale, and `count` fans whom its room has let in for an hour. */
export async function openSale(world: World, count: number): Promise<Sale> {
  const concertId = await addConcert(world);
  const admission = { batchSize: 100_000, sessionTtlMs: HOUR_MS } as const;
  await world.application.changePolicy({ concertId, admission, hold: { ttlMs: HOUR_MS } });
  await openDate(world, concertId);
  return { concertId, fans: await admitFans(world, concertId, count) };
}

/** Each fan's request for the seat, under a key never used before, to the route itself or to a baseline. */
export function holdRequests({ fans }: Sale, eventId: string, seat: number, path?: string): Buffer[] {
  return fans.map((fan) => holdRequest(fan, { eventId, seat, key: randomUUID() }, path));
}

const LOSERS_PER_SLICE = 5_000;

/** Requests for a seat that is gone, and the same bytes to the baselines. */
export function loserContenders(
  sale: Sale,
  eventId: string,
  seat: number,
): Record<'bare' | 'guarded' | 'loser', Contender> {
  const contender = (name: string, status: number, path?: string): Contender => {
    const requests = holdRequests(sale, eventId, seat, path);
    return { name, status, slice: () => requests.slice(0, LOSERS_PER_SLICE) };
  };
  return {
    bare: contender('bare', 200, '/v1/bench/bare/hold'),
    guarded: contender('guarded', 200, '/v1/bench/guarded/v1/reservations'),
    loser: contender('loser', 409),
  };
}
