import { slotOf } from '@frontrow/adapters/mysql/shards/slot-of.ts';
import { afterEach, expect, inject, it } from 'vitest';
import type { Answer } from '../support/client.ts';
import type { Sale } from '../support/concert-on-sale-over-http.ts';
import { createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { useInstallation } from '../support/use-installation.ts';

const { controlUrl } = inject('vitess');
const installation = useInstallation({ http: 1, workers: 1 });
/** More than the process has connections, so that each was used for the shard that goes away. */
const CROWD = 30;
const FREE_SEAT = CROWD + 1;
const OK_WITHIN_MS = 60_000;
/** A process gives up after 5 s. The rest is for a busy machine. */
const REFUSED_WITHIN_MS = 15_000;

type Act = 'kill' | 'restart' | 'freeze' | 'thaw';
const BACK_BY = { kill: 'restart', freeze: 'thaw' } as const;

async function control(act: Act): Promise<void> {
  const { status } = await fetch(`${controlUrl}/sales-80-/${act}`, { method: 'POST' });
  expect(status).toBe(200);
}

let back: Act | null = null;
async function bringBack(): Promise<void> {
  if (back !== null) await control(back);
  back = null;
}
afterEach(bringBack);

async function openSaleOnShard(isAway: boolean): Promise<Sale> {
  for (;;) {
    const sale = await installation().openSale();
    if (slotOf(sale.concertId) >= 0x80 === isAway) return sale;
  }
}

/** Asks again, as every client should: a busy machine refuses now and then. */
function insist<Body>(ask: () => Promise<Answer<Body>>): Promise<Body> {
  return eventually(async () => expectOk(await ask()), OK_WITHIN_MS);
}

async function admit(fan: Fan, { concertId }: Sale): Promise<void> {
  await eventually(
    async () => expect(expectOk(await fan.join(concertId)).status).toBe('ACTIVE'),
    OK_WITHIN_MS,
  );
}

type Holder = { readonly fan: Fan; readonly reservationId: string };

/** Fans with a hold of a seat of their own, and the money for it. */
async function admitHolders(sale: Sale): Promise<readonly Holder[]> {
  return Promise.all(
    createFans(installation().impatient, CROWD).map(async (fan, index) => {
      await admit(fan, sale);
      await insist(() => fan.charge(100, 'charge'));
      const { id } = await insist(() => fan.hold(sale.eventId, [index + 1], 'hold'));
      return { fan, reservationId: id };
    }),
  );
}

/** The first answers to two reads of each fan, by which every connection is used. */
async function readAll({ eventId }: Sale, holders: readonly Holder[]): Promise<Record<string, number>> {
  const ask = (read: (holder: Holder) => Promise<Answer<{ code: string }>>) =>
    Promise.all(holders.map(async (holder) => outcome(await read(holder))));
  const seats = await ask(({ fan }) => fan.seats(eventId));
  const reservations = await ask(({ fan, reservationId }) => fan.reservation(reservationId));
  return countOccurrences([...seats, ...reservations]);
}

/** Everything of a sale, while others ask for what is away. */
async function buyAll(sale: Sale, holders: readonly Holder[]): Promise<void> {
  const [newcomer] = createFans(installation().impatient, 1);
  await Promise.all([
    admit(newcomer!, sale).then(() => insist(() => newcomer!.hold(sale.eventId, [FREE_SEAT], 'hold'))),
    ...holders.map(async ({ fan, reservationId }) => {
      await insist(() => fan.extend(reservationId, 'extend'));
      await insist(() => fan.pay(reservationId, 'pay'));
      expect((await insist(() => fan.wallet())).balance).toBe(0);
    }),
  ]);
}

async function expectUnavailable(ask: () => Promise<Answer<{ code: string }>>): Promise<void> {
  const askedAt = performance.now();
  const answer = await ask();
  expect(outcome(answer)).toBe('503 UNAVAILABLE');
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(performance.now() - askedAt).toBeLessThan(REFUSED_WITHIN_MS);
}

it.each(['freeze', 'kill'] as const)(
  'sells the concerts of the other shards while the vttablet of one is away (%s), and its own when it is back',
  async (act) => {
    const [served, away] = [await openSaleOnShard(false), await openSaleOnShard(true)];
    const [holders, holdersAway] = [await admitHolders(served), await admitHolders(away)];
    const [newcomer] = createFans(installation().impatient, 1);
    await admit(newcomer!, away);
    const { fan, reservationId } = holdersAway[0]!;
    const requests = {
      'seat list': () => fan.seats(away.eventId),
      reservation: () => fan.reservation(reservationId),
      'reservations of a user': () => fan.reservations(),
      hold: () => newcomer!.hold(away.eventId, [FREE_SEAT], 'hold'),
      payment: () => fan.pay(reservationId, 'pay'),
    };

    await readAll(away, holdersAway);
    back = BACK_BY[act];
    await control(act);
    const { '200': answered = 0, '503 UNAVAILABLE': refused = 0, ...rest } = await readAll(served, holders);
    expect(rest).toEqual({});
    expect(answered).toBeGreaterThan(refused);
    await Promise.all([...Object.values(requests).map(expectUnavailable), buyAll(served, holders)]);
    expect((await fan.send('GET', '/readyz')).status).toBe(200);

    await bringBack();
    await Promise.all(Object.values(requests).map((ask) => insist<object>(ask)));
    expect((await insist(() => fan.reservation(reservationId))).status).toBe('CONFIRMED');
    expect((await insist(() => fan.wallet())).balance).toBe(0);
  },
);
