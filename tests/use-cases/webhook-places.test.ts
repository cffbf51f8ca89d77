import { createApplication } from '@frontrow/application/application.ts';
import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';
import { type WebhookReceiver, openWebhookReceiver } from '../support/webhook-receiver.ts';

const SEAT_4 = { number: 4, section: 'Balcony', row: 'A', label: '1', category: 'rear' };
const [PARTERRE, BALCONY] = CONTRACT_LAYOUT.sections;
const [BALCONY_ROW] = BALCONY!.rows;
/** Seat 4 has another row and another category. */
const CHANGED: Layout = {
  ...CONTRACT_LAYOUT,
  sections: [
    PARTERRE!,
    { ...BALCONY!, rows: [{ label: 'Z', seats: [{ ...BALCONY_ROW!.seats[0]!, category: 'front' }] }] },
  ],
};

const failToFind = () => Promise.reject(new Unavailable('mysql'));

describe.each(environments)('the places of seats in webhooks ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const subscribed: { receiver: WebhookReceiver; endpointId: string }[] = [];
  afterEach(async () => {
    for (const { receiver, endpointId } of subscribed.splice(0)) {
      await fixture().app.deleteWebhookEndpoint({ endpointId, by: BY_STAFF });
      await receiver.close();
    }
  });

  async function subscribe() {
    const receiver = await openWebhookReceiver();
    const eventTypes = ['reservation.held', 'payment.completed', 'reservation.refunded'] as const;
    const created = await fixture().app.createWebhookEndpoint({
      url: receiver.url,
      description: '',
      eventTypes,
      by: BY_STAFF,
    });
    const { endpoint, secret } = unwrap(created);
    receiver.verifyBy(secret);
    subscribed.push({ receiver, endpointId: endpoint.id });
    return { receiver, endpointId: endpoint.id };
  }
  async function deliver(): Promise<void> {
    await fixture().app.relayOutbox();
    await fixture().app.deliverWebhooks(new AbortController().signal);
  }
  const openHall = () => fixture().openSale({ event: { layout: CONTRACT_LAYOUT } });

  it('are with the categories in every message, which stays the same when the layout changes', async () => {
    const { receiver, endpointId } = await subscribe();
    const sale = await openHall();
    const { fan, reservation } = await fixture().buy(sale, [4]);
    unwrap(await fixture().refund(fan.userId, reservation.id));
    await eventually(async () => {
      await deliver();
      expect(receiver.received).toHaveLength(3);
    });
    expect(receiver.received.map(({ type, data }) => [type, data['seats']])).toEqual([
      ['reservation.held', [SEAT_4]],
      ['payment.completed', [SEAT_4]],
      ['reservation.refunded', [SEAT_4]],
    ]);
    const { event } = sale;
    const change = { eventId: event.id, layout: CHANGED, expected: null, by: BY_STAFF };
    unwrap(await fixture().app.replaceLayout(change));
    const range = { from: 0, to: fixture().ports.clock.now() + 1, cursor: null };
    unwrap(await fixture().app.replayWebhooks({ endpointId, ...range, by: BY_STAFF }));
    await eventually(async () => {
      await deliver();
      expect(receiver.received).toHaveLength(6);
    });
    expect(receiver.received.slice(3)).toEqual(receiver.received.slice(0, 3));
    await fixture().createHold(sale, [4]);
    await eventually(async () => {
      await deliver();
      expect(receiver.received).toHaveLength(7);
    });
    expect(receiver.received[6]?.data['seats']).toEqual([{ ...SEAT_4, row: 'Z', category: 'front' }]);
  });

  it('delay only webhooks while a layout cannot be read', async () => {
    const { receiver } = await subscribe();
    const sale = await openHall();
    await fixture().app.relayOutbox();
    const withoutLayouts = createApplication({ ...fixture().ports, layoutReads: { find: failToFind } });
    await fixture().buy(sale, [4]);
    // The end of the fan's place in the queue is in the outbox as well.
    expect(await withoutLayouts.relayOutbox()).toBe(1);
    await fixture().app.deliverWebhooks(new AbortController().signal);
    expect(receiver.received).toEqual([]);
    await fixture().advance(1_000);
    await eventually(async () => {
      await deliver();
      expect(receiver.received).toHaveLength(2);
    });
    expect(receiver.received.map(({ data }) => data['seats'])).toEqual([[SEAT_4], [SEAT_4]]);
  });
});
