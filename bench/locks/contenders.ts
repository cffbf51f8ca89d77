import { randomUUID } from 'node:crypto';
import type { Contender } from '../harness/compare.ts';
import { wireRequest } from '../harness/generator.ts';
import type { World } from '../harness/world.ts';
import { accessTokenOf, newUserIds } from '../waiting-room/crowd.ts';

const HOUR_MS = 3_600_000;
const JOINING_AT_ONCE = 500;

/** Someone who may hold a seat: what the request carries beside its body. */
export type Admitted = { readonly userId: string; readonly headers: Readonly<Record<string, string>> };
export type Sale = { readonly concertId: string; readonly fans: readonly Admitted[] };

/** A concert on sale without a date, and `count` fans whom its room has let in for an hour. */
export async function openSale({ application }: World, count: number): Promise<Sale> {
  const facts = { title: 'Winter Light', artist: 'The Night Owls', description: '', request: null };
  const concertId = granted(await application.createConcert(facts)).value.id;
  const admission = { batchSize: 100_000, sessionTtlMs: HOUR_MS } as const;
  await application.changePolicy({ concertId, admission, hold: { ttlMs: HOUR_MS } });
  await openDate(application, concertId, 50);

  const fans: Admitted[] = [];
  const userIds = newUserIds(count);
  for (let from = 0; from < count; from += JOINING_AT_ONCE)
    fans.push(
      ...(await Promise.all(
        userIds.slice(from, from + JOINING_AT_ONCE).map(async (userId) => {
          const { status } = granted(await application.issueQueueToken({ concertId, userId }));
          if (status.status !== 'ACTIVE' || status.token === undefined) throw new Error('a fan has to wait');
          const headers = {
            Authorization: `Bearer ${accessTokenOf(userId)}`,
            'Queue-Token': status.token,
          };
          return { userId, headers };
        }),
      )),
    );
  return { concertId, fans };
}

/** One more date of the concert, all of whose seats are free; answers its id. */
export async function openDate(
  application: World['application'],
  concertId: string,
  seatCount: number,
): Promise<string> {
  const now = Date.now();
  const event = await application.createEvent({
    concertId,
    venue: 'Olympic Hall',
    startsAt: now + 48 * HOUR_MS,
    reservationStartAt: now - HOUR_MS,
    reservationEndAt: now + 24 * HOUR_MS,
    refundUntil: null,
    seatCount,
    price: 100_000,
    request: null,
  });
  return granted(event).value.id;
}

/** Each fan's request for the seat, under a key never used before, to the route itself or to a yardstick. */
export function holdRequests({ fans }: Sale, eventId: string, seat: number, path = '/v1/reservations') {
  return fans.map(({ headers }) =>
    wireRequest(
      `POST ${path}`,
      { ...headers, 'Idempotency-Key': randomUUID() },
      { eventId, seatNumbers: [seat] },
    ),
  );
}

const LOSERS_PER_SLICE = 5_000;

/** Requests for a seat that is gone, and the same bytes to the yardsticks. */
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
    guarded: contender('guarded', 200, '/v1/bench/guarded/hold'),
    loser: contender('loser', 409),
  };
}

export function granted<T>(result: { ok: true; value: T } | { ok: false; refusal: unknown }): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
}
