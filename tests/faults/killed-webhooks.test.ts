import { afterAll, beforeAll, expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';
import { type WebhookReceiver, openWebhookReceiver } from '../support/webhook-receiver.ts';

const FANS = 40;
/** A killed worker keeps the deliveries that it has claimed for a minute. */
const DELIVERED_WITHIN_MS = 180_000;
const installation = useInstallation({
  http: 2,
  workers: 2,
  env: {
    WEBHOOK_ALLOW_PRIVATE: 'true',
    WEBHOOK_SECRET_KEYS: 'test:a-key-of-the-tests-with-32-characters',
  },
});
type EventChanged = { readonly changes?: { readonly reason?: string } };

let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await openWebhookReceiver();
});
afterAll(() => receiver.close());

/** Stops dates until the receiver has a message of this process, which learns of new endpoints by time. */
async function untilProcessSends(index: number): Promise<void> {
  const body = { salesState: 'STOPPED', reason: `process ${index}` };
  const admin = installation().admin.at(index);
  await eventually(async () => {
    // The messages of one date would wait for each other.
    const { eventId } = await installation().openSale();
    expectOk(await admin.send('PUT', `/v1/admin/events/${eventId}/sales`, { body }));
    const reasons = receiver.received.map(({ data }) => (data as EventChanged).changes?.reason);
    expect(reasons).toContain(body.reason);
  });
}

it('delivers each committed hold and payment, in order, while HTTP processes and workers are killed', async () => {
  const body = { url: receiver.url, eventTypes: ['reservation.held', 'payment.completed', 'event.changed'] };
  const created = await installation().admin.send<{ secret: string }>('POST', '/v1/admin/webhook-endpoints', {
    body,
  });
  receiver.verifyBy(expectOk(created).secret);
  for (const index of installation().http.keys()) await untilProcessSends(index);

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
  }, DELIVERED_WITHIN_MS);
  const booked = receiver.received.filter(({ type }) => type !== 'event.changed');
  const sold = new Set(booked.map(({ data }) => data['reservationId']));
  expect(sold.size).toBe(FANS);
  expect(receiver.refused).toEqual([]);
});
