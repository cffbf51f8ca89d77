import { setTimeout as delay } from 'node:timers/promises';
import { WANTED_TYPES_TTL_MS } from '@frontrow/application/webhooks/wanted-types.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';
import { type WebhookReceiver, openWebhookReceiver } from '../support/webhook-receiver.ts';

const FANS = 40;
const installation = useInstallation({
  http: 2,
  workers: 2,
  env: {
    WEBHOOK_ALLOW_PRIVATE: 'true',
    WEBHOOK_SECRET_KEYS: 'test:a-key-of-the-tests-with-32-characters',
  },
});
let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await openWebhookReceiver();
});
afterAll(() => receiver.close());

it('delivers each committed hold and payment, in order, while HTTP processes and workers are killed', async () => {
  const body = { url: receiver.url, eventTypes: ['reservation.held', 'payment.completed'] };
  const created = await installation().admin.send<{ secret: string }>('POST', '/v1/admin/webhook-endpoints', {
    body,
  });
  receiver.verifyBy(expectOk(created).secret);
  // Every process knows of the endpoint a second later.
  await delay(WANTED_TYPES_TTL_MS + 500);

  const sale = await installation().openSale({ seatCount: FANS, price: 100 });
  const fans = await admitFans(installation(), sale, FANS);
  const [killedHttp] = installation().http;
  const [killedWorker] = installation().workers;
  const reservationIds = await Promise.all(
    fans.map(async (fan, index) => {
      expectOk(await fan.charge(100));
      const { id } = expectOk(await fan.at(1).hold(sale.eventId, [index + 1]));
      if (index === FANS / 4) await killedWorker?.kill('SIGKILL');
      if (index === FANS / 2) await killedHttp?.kill('SIGKILL');
      expectOk(await fan.at(1).pay(id, 'pay'));
      return id;
    }),
  );
  await eventually(() => {
    for (const id of reservationIds) {
      const types = receiver.received
        .filter(({ data }) => data['reservationId'] === id)
        .map(({ type }) => type);
      // Without repeats, the first arrivals are in order.
      expect([...new Set(types)]).toEqual(['reservation.held', 'payment.completed']);
    }
  });
  const sold = new Set(receiver.received.map(({ data }) => data['reservationId']));
  expect(sold.size).toBe(FANS);
  expect(receiver.refused).toEqual([]);
}, 240_000);
