import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { admitFan, admitFans, createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { Fan } from '../support/fan.ts';
import { type Sale } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

/** Without a worker, so that no lapsed hold is swept unless a test starts one. */
const installation = useInstallation({ http: 2, workers: 0 });

it('gives the seat of a lapsed hold to the next buyer, and refuses the late payment of the first', async () => {
  const sale = await installation().openSale({ seatCount: 3, price: 100, policy: { hold: { ttlMs: 300 } } });
  const owner = await admitFan(installation(), sale);
  const other = await admitFan(installation(), sale);
  expectOk(await owner.charge(1_000));
  expectOk(await other.charge(1_000));
  const lapsing = expectOk(await owner.hold(sale.eventId, [2]));

  await eventually(async () => {
    const { seats } = expectOk(await other.seats(sale.eventId, '?status=AVAILABLE'));
    expect(seats.map(({ number }) => number)).toEqual([1, 2, 3]);
  });
  await installation().changePolicy(sale.concertId, { hold: { ttlMs: 60_000 } });
  const bought = expectOk(await other.hold(sale.eventId, [2]));
  expect(outcome(await owner.pay(lapsing.id))).toBe('410 HOLD_EXPIRED');
  expect(expectOk(await owner.cancel(lapsing.id))).toBeNull();
  expectOk(await other.pay(bought.id));

  expect(outcome(await owner.pay(lapsing.id))).toBe('410 HOLD_EXPIRED');
  expect(outcome(await owner.extend(lapsing.id))).toBe('410 HOLD_EXPIRED');
  expect(expectOk(await owner.wallet()).balance).toBe(1_000);
  expect(expectOk(await other.wallet()).balance).toBe(900);
  expect(expectOk(await owner.seats(sale.eventId)).seats[1]).toEqual({
    number: 2,
    price: 100,
    status: 'SOLD',
  });
});

it('either takes the money or frees the seat when a payment races the expiry of its hold', async () => {
  const raceCount = 120;
  const ttlMs = 1_000;
  const sale = await installation().openSale({
    seatCount: raceCount,
    price: 100,
    policy: { hold: { ttlMs } },
  });
  const owners = await admitFans(installation(), sale, raceCount);
  const rivals = await admitFans(installation(), sale, raceCount);
  await Promise.all(owners.map(async (owner) => expectOk(await owner.charge(100))));
  const random = seededRandom(7);
  const outcomes: string[] = [];
  // The races narrow down on the moment at which either may win, however long this machine takes for a payment.
  let offsetMs = 0;
  const races = owners.map((owner, index) => ({ owner, rival: rivals[index] ?? owner, seat: index + 1 }));

  await Promise.all(
    Array.from({ length: 12 }, async () => {
      for (let next = races.pop(); next !== undefined; next = races.pop()) {
        const winner = await race(sale, next, offsetMs);
        outcomes.push(winner);
        offsetMs += (winner === 'paid' ? 40 : -40) * random();
      }
    }),
  );
  const { paid = 0, released = 0, ...rest } = countOccurrences(outcomes);
  expect(rest).toEqual({});
  expect(paid + released).toBe(raceCount);
  expect(Math.min(paid, released)).toBeGreaterThan(0);

  const wallets = await Promise.all(owners.map(async (owner) => expectOk(await owner.wallet()).balance));
  expect(countOccurrences(wallets)).toEqual({ 0: paid, 100: released });
  const rows = await installation().readRows(
    `select number from seat where concert_event_id = ? and status = 'SOLD'`,
    [sale.eventId],
  );
  expect(rows).toHaveLength(paid);
});

type Race = { readonly owner: Fan; readonly rival: Fan; readonly seat: number };

/** The owner pays `offsetMs` after the hold lapses, while a rival requests the seat repeatedly. */
async function race({ eventId }: Sale, { owner, rival, seat }: Race, offsetMs: number): Promise<string> {
  const { id, holdExpiresAt } = expectOk(await owner.hold(eventId, [seat]));
  let isPaid = false;
  const rivalry = (async () => {
    for (;;) {
      const isLast = isPaid;
      const answer = await rival.hold(eventId, [seat]);
      if (answer.status === 201 || isLast) return outcome(answer);
    }
  })();
  await delay(Math.max(0, Date.parse(holdExpiresAt) + offsetMs - Date.now()));
  const payment = outcome(await owner.pay(id));
  isPaid = payment === '201';
  const outcomes = `${payment}, ${await rivalry}`;
  if (outcomes === '201, 409 SEAT_UNAVAILABLE') return 'paid';
  return outcomes === '410 HOLD_EXPIRED, 201' ? 'released' : outcomes;
}

it('gives a user one hold in a concert when ten requests arrive at the same time', async () => {
  const sale = await installation().openSale({ seatCount: 10 });
  const fan = await admitFan(installation(), sale);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => fan.hold(sale.eventId, [index + 1])),
  );
  expect(countOccurrences(answers.map(outcome))).toEqual({ '201': 1, '409 HOLD_LIMIT_EXCEEDED': 9 });
  expect(expectOk(await fan.seats(sale.eventId)).availableCount).toBe(9);

  const held = answers.find(({ status }) => status === 201)?.body;
  expectOk(await fan.cancel(held?.id ?? ''));
  expect((await fan.hold(sale.eventId, [5, 6])).status).toBe(201);
});

it('names the hold of a user to nine simultaneous requests of the same user for its seat', async () => {
  const sale = await installation().openSale({ seatCount: 10 });
  const fan = await admitFan(installation(), sale);
  const answers = await Promise.all(Array.from({ length: 10 }, () => fan.hold(sale.eventId, [4])));
  expect(countOccurrences(answers.map(outcome))).toEqual({ '201': 1, '409 HOLD_LIMIT_EXCEEDED': 9 });
  const { items } = expectOk(await fan.reservations());
  const named = answers.map(({ body }) => ('reservationId' in body ? body.reservationId : body.id));
  expect([...new Set(named)]).toEqual(items.map(({ id }) => id));
});

it('extends and sells a hold after its session has ended, without a ticket', async () => {
  const admission = { sessionTtlMs: 3_000 };
  const sale = await installation().openSale({ price: 100, policy: { admission, hold: { ttlMs: 600_000 } } });
  const [fan] = createFans(installation(), 1) as [Fan];
  expectOk(await fan.charge(100));
  expectOk(await fan.join(sale.concertId));
  const held = expectOk(await fan.hold(sale.eventId, [1]));
  await eventually(async () => expect(expectOk(await fan.status()).status).toBe('EXPIRED'));

  expect(outcome(await fan.seats(sale.eventId))).toBe('403 QUEUE_TOKEN_NOT_ACTIVE');
  const withoutTicket = installation().fan(fan.userId);
  const extended = expectOk(await withoutTicket.extend(held.id));
  expect(extended.holdExpiresAt > held.holdExpiresAt).toBe(true);
  expect((await withoutTicket.pay(held.id)).status).toBe(201);
  expect(expectOk(await withoutTicket.reservation(held.id)).status).toBe('CONFIRMED');
});

it('answers 410 for a lapsed hold before and after the sweep, which keeps the next hold of the seat', async () => {
  const sale = await installation().openSale({ price: 100, policy: { hold: { ttlMs: 150 } } });
  const fan = await admitFan(installation(), sale);
  const next = await admitFan(installation(), sale);
  for (const one of [fan, next]) expectOk(await one.charge(100));
  const { id } = expectOk(await fan.hold(sale.eventId, [1, 2]));
  await eventually(async () => expect(expectOk(await fan.reservation(id)).status).toBe('EXPIRED'));
  const stored = async () => {
    const query = `select r.status, count(seat.number) as seats from reservation r
      left join seat on seat.reservation_id = r.id where r.id = ? group by r.id`;
    const [row] = await installation().readRows(query, [id]);
    return row;
  };

  await installation().changePolicy(sale.concertId, { hold: { ttlMs: 60_000 } });
  const taken = expectOk(await next.hold(sale.eventId, [2]));
  expect(await stored()).toEqual({ status: 'HELD', seats: 1 });
  expect(outcome(await fan.pay(id))).toBe('410 HOLD_EXPIRED');
  const worker = await installation().startWorker();
  await eventually(async () => expect(await stored()).toEqual({ status: 'EXPIRED', seats: 0 }));
  expect(outcome(await fan.pay(id))).toBe('410 HOLD_EXPIRED');
  expect(expectOk(await fan.reservation(id)).status).toBe('EXPIRED');
  expect(expectOk(await fan.wallet()).balance).toBe(100);
  expect((await next.pay(taken.id)).status).toBe(201);
  await worker.kill('SIGTERM');
});
