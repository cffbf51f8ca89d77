import { expect, it } from 'vitest';
import { admitFan } from '../support/crowd.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { type Sale } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 0 });
const PRICE = 100;

async function fanWithHold(): Promise<{ fan: Fan; sale: Sale; reservationId: string }> {
  const sale = await installation().openSale({ price: PRICE });
  const fan = await admitFan(installation(), sale);
  expectOk(await fan.charge(1_000));
  const { id: reservationId } = expectOk(await fan.hold(sale.eventId, [1]));
  return { fan, sale, reservationId };
}

it('charges once for 50 simultaneous payments with one key, and gives all of them the same answer', async () => {
  const { fan, reservationId } = await fanWithHold();
  const answers = await Promise.all(Array.from({ length: 50 }, () => fan.pay(reservationId, 'one-key')));

  const paid = answers.filter(({ status }) => status === 201);
  for (const answer of answers) expect(['201', '409 IDEMPOTENCY_IN_PROGRESS']).toContain(outcome(answer));
  expect(paid.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1);
  expect(new Set(paid.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(paid[0]?.body).toMatchObject({ reservationId, amount: PRICE, balanceAfter: 900 });
  expect(expectOk(await fan.wallet()).balance).toBe(900);
  expect(expectOk(await fan.payments()).items).toEqual([paid[0]?.body]);

  const again = await fan.pay(reservationId, 'one-key');
  expect([again.status, again.headers['idempotent-replayed'], again.body]).toEqual([
    201,
    'true',
    paid[0]?.body,
  ]);
});

it('charges once for 50 simultaneous payments of one reservation with 50 keys', async () => {
  const { fan, reservationId } = await fanWithHold();
  const answers = await Promise.all(Array.from({ length: 50 }, () => fan.pay(reservationId)));
  expect(countOccurrences(answers.map(outcome))).toEqual({ '201': 1, '409 RESERVATION_NOT_HELD': 49 });
  expect(expectOk(await fan.wallet()).balance).toBe(900);
});

it('charges a wallet once for 50 simultaneous charges with one key', async () => {
  const fan = installation().fan('charged once');
  const answers = await Promise.all(Array.from({ length: 50 }, () => fan.charge(70, 'one-key')));
  for (const answer of answers) expect(['201', '409 IDEMPOTENCY_IN_PROGRESS']).toContain(outcome(answer));
  expect(expectOk(await fan.wallet()).balance).toBe(70);
});

it('keeps a wallet exact and never negative under 80 charges and 20 payments at the same time', async () => {
  const fan = installation().fan('spends in many concerts');
  const reservations: string[] = [];
  for (let concert = 0; concert < 20; concert += 1) {
    const { concertId, eventId } = await installation().openSale({ seatCount: 1, price: PRICE });
    expectOk(await fan.join(concertId));
    reservations.push(expectOk(await fan.hold(eventId, [1])).id);
  }
  // Not enough for all payments, so that some find the wallet empty.
  expectOk(await fan.charge(5 * PRICE));
  const [charges, payments] = await Promise.all([
    Promise.all(Array.from({ length: 80 }, () => fan.charge(1))),
    Promise.all(reservations.map((id) => fan.pay(id))),
  ]);

  expect(countOccurrences(charges.map(outcome))).toEqual({ '201': 80 });
  const {
    '201': paid = 0,
    '402 INSUFFICIENT_BALANCE': refused = 0,
    ...rest
  } = countOccurrences(payments.map(outcome));
  expect(rest).toEqual({});
  expect([paid, refused]).toEqual([5, 15]);
  expect(expectOk(await fan.wallet()).balance).toBe(80);
  const balances = [...charges, ...payments].flatMap(({ status, body }) =>
    status === 201 ? [body.balanceAfter] : [],
  );
  expect(Math.min(...balances)).toBeGreaterThanOrEqual(0);
});

it('never takes a wallet below zero when two staff adjust it at the same time, on two processes', async () => {
  const fan = installation().fan('adjusted');
  expectOk(await fan.charge(1_000));
  const staff = ['one', 'two'].map((name) => installation().fan(name, 'admin'));
  const path = `/v1/admin/users/${fan.userId}/wallet/adjustments`;
  const adjustments = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      staff[index % 2]!.at(index % 2).send('POST', path, {
        key: `adjustment-${index}`,
        body: { amount: -100, reason: 'Charged by mistake' },
      }),
    ),
  );
  expect(countOccurrences(adjustments.map(outcome))).toEqual({ '201': 10, '402 INSUFFICIENT_BALANCE': 30 });
  expect(expectOk(await fan.wallet()).balance).toBe(0);
  const log = await staff[0]!.send<{ items: object[] }>(
    'GET',
    `/v1/admin/audit-log?target=wallet/${fan.userId}`,
  );
  expect(expectOk(log).items).toHaveLength(10);
});
