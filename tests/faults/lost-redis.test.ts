import { expect, it } from 'vitest';
import { EVERY_SEAT_SOLD, playContestedSale } from '../support/contested-sale.ts';
import { admitFan, admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { outcome } from '../support/outcomes.ts';
import type { Answer } from '../support/client.ts';
import type { Fan } from '../support/fan.ts';
import { type Sale } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 2, privateRedis: true });
/** Short times, so that a lost room is restored quickly. */
const admission = { intervalMs: 200, recoveryGraceMs: 500 };

it('sells each seat once and loses no money when Redis is emptied in the middle of a sale', async () => {
  const attack = () => installation().redis.flushall();
  const sale = await playContestedSale(installation(), { admission, seed: 11, attack });
  expect(sale).toEqual(EVERY_SEAT_SOLD);
});

it('refuses a paid ticket, accepts live ones and goes on admitting after Redis was emptied', async () => {
  const sale = await installation().openSale({
    price: 100,
    policy: { admission: { ...admission, maxActive: 3 } },
  });
  const [paying, holding, reading] = (await admitFans(installation(), sale, 3)) as [Fan, Fan, Fan];
  const waiting = await joinLine(sale);
  await Promise.all([paying, holding].map(async (fan) => expectOk(await fan.charge(100))));
  const bought = expectOk(await paying.hold(sale.eventId, [1]));
  const held = expectOk(await holding.hold(sale.eventId, [2]));
  await installation().changePolicy(sale.concertId, { admission: { state: 'PAUSED' } });
  expectOk(await paying.pay(bought.id));
  await installation().redis.flushall();

  for (const process of [0, 1]) {
    expect(outcome(await paying.at(process).seats(sale.eventId))).toBe('403 QUEUE_TOKEN_NOT_ACTIVE');
    expect(outcome(await paying.at(process).hold(sale.eventId, [3]))).toBe('403 QUEUE_TOKEN_NOT_ACTIVE');
    expect((await reading.at(process).seats(sale.eventId)).status).toBe(200);
  }
  expect((await holding.pay(held.id)).status).toBe(201);
  expect(expectOk(await waiting.status())).toMatchObject({ status: 'WAITING' });
  await installation().changePolicy(sale.concertId, { admission: { state: 'RUNNING' } });
  await eventually(async () => expect(expectOk(await waiting.status()).status).toBe('ACTIVE'));
  expect((await waiting.hold(sale.eventId, [3])).status).toBe(201);
});

it('answers 503 with Retry-After while Redis is down, and still sells a valid hold', async () => {
  const sale = await installation().openSale({ price: 100, policy: { admission } });
  const { impatient } = installation();
  const fan = await admitFan(impatient, sale);
  const other = await admitFan(impatient, sale);
  expectOk(await fan.charge(100));
  const held = expectOk(await fan.hold(sale.eventId, [1]));
  const newcomer = impatient.fan('a newcomer while Redis is down');
  await installation().privateRedis().kill('SIGKILL');
  try {
    for (const process of [0, 1]) {
      expectUnavailable(await newcomer.at(process).join(sale.concertId));
      // A snapshot of the room may still allow a list for a moment.
      await eventually(async () => expectUnavailable(await other.at(process).seats(sale.eventId)));
      expectUnavailable(await other.at(process).hold(sale.eventId, [2]));
      expect((await newcomer.at(process).send('GET', '/readyz')).status).toBe(503);
      expect((await newcomer.at(process).send('GET', `/v1/concerts/${sale.concertId}`)).status).toBe(200);
    }
    expect((await fan.pay(held.id)).status).toBe(201);
    expect(expectOk(await fan.wallet()).balance).toBe(0);
  } finally {
    await installation().privateRedis().restart();
  }
  await eventually(async () => expect((await newcomer.join(sale.concertId)).status).toBeLessThan(300));
  await eventually(async () => expect(expectOk(await newcomer.status()).status).toBe('ACTIVE'));
  await eventually(async () => expect((await other.hold(sale.eventId, [2])).status).toBe(201));
  expect(outcome(await fan.seats(sale.eventId))).toBe('403 QUEUE_TOKEN_NOT_ACTIVE');
});

async function joinLine({ concertId }: Sale): Promise<Fan> {
  const fan = installation().fan('next in line');
  expect(expectOk(await fan.join(concertId))).toMatchObject({ status: 'WAITING', position: 1 });
  return fan;
}

function expectUnavailable(answer: Answer<{ code: string }>): void {
  expect(outcome(answer)).toBe('503 UNAVAILABLE');
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
}
