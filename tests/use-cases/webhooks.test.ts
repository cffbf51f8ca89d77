import { WEBHOOK_ENDPOINTS_MAX } from '@frontrow/domain/webhooks/endpoint.ts';
import type { WebhookEventType } from '@frontrow/domain/webhooks/message.ts';
import type { Replayed } from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import { REPLAY_MAX } from '@frontrow/application/use-cases/webhooks/replay-webhooks.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { recordFailure } from '@frontrow/application/payments/record-failure.ts';
import {
  ATTEMPT_MAX_MS,
  createDeliverWebhooks,
} from '@frontrow/application/use-cases/maintenance/deliver-webhooks.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConcertOnSale } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';
import { type WebhookReceiver, openWebhookReceiver } from '../support/webhook-receiver.ts';

const NEVER = new AbortController().signal;

describe.each(environments)('webhooks ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const receivers: WebhookReceiver[] = [];
  afterEach(async () => {
    const { items } = await fixture().app.listWebhookEndpoints({ limit: 50, cursor: null });
    for (const { id } of items) await fixture().app.deleteWebhookEndpoint({ endpointId: id, by: BY_STAFF });
    for (const receiver of receivers.splice(0)) await receiver.close();
  });

  async function subscribe(...eventTypes: WebhookEventType[]) {
    const receiver = await openWebhookReceiver();
    receivers.push(receiver);
    const { url } = receiver;
    const created = unwrap(
      await fixture().app.createWebhookEndpoint({ url, description: '', eventTypes, by: BY_STAFF }),
    );
    receiver.verifyBy(created.secret);
    return { receiver, endpointId: created.endpoint.id };
  }
  /** Runs the jobs once. */
  async function deliver(): Promise<void> {
    await fixture().app.relayOutbox();
    await fixture().app.deliverWebhooks(NEVER);
  }

  it('deliver what happens to reservations and payments, signed and in order', async () => {
    const { receiver } = await subscribe('reservation.held', 'reservation.cancelled', 'payment.completed');
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    const other = await fixture().createHold(sale, [3]);
    await fixture().charge(fan.userId, 10_000);
    const payment = unwrap(await fixture().pay(fan.userId, reservation.id)).value;
    unwrap(
      await fixture().app.cancelReservation({
        userId: other.fan.userId,
        reservationId: other.reservation.id,
      }),
    );
    await eventually(async () => {
      await deliver();
      expect(receiver.received).toHaveLength(4);
    });
    const about = (id: string) => receiver.received.filter(({ data }) => data['reservationId'] === id);
    const data = {
      reservationId: reservation.id,
      concertId: sale.concertId,
      eventId: sale.event.id,
      userId: fan.userId,
      seatNumbers: [1, 2],
      seats: null,
      totalAmount: 2_000,
      currency: 'KRW',
    };
    expect(about(reservation.id).map(({ type, data: sent }) => [type, sent])).toEqual([
      ['reservation.held', { ...data, holdExpiresAt: new Date(reservation.holdExpiresAt).toISOString() }],
      ['payment.completed', { ...data, paymentId: payment.id, complimentary: false }],
    ]);
    expect(about(other.reservation.id).map(({ type }) => type)).toEqual([
      'reservation.held',
      'reservation.cancelled',
    ]);
    expect(receiver.refused).toEqual([]);
  });

  it('tell once that payments of a reservation are refused with a code', async () => {
    const { receiver } = await subscribe('payment.failed', 'payment.completed');
    const { fan, reservation } = await fixture().createHold(await fixture().openSale(), [1]);
    for (let i = 0; i < 3; i += 1) await fixture().pay(fan.userId, reservation.id);
    await fixture().charge(fan.userId, 1_000);
    unwrap(await fixture().pay(fan.userId, reservation.id));
    await eventually(async () => {
      await deliver();
      expect(receiver.received).toHaveLength(2);
    });
    const { items } = await fixture().app.listPayments(fan.userId, { limit: 5, cursor: null });
    expect(receiver.received).toMatchObject([
      { type: 'payment.failed', data: { paymentId: items[1]?.id, failureCode: 'INSUFFICIENT_BALANCE' } },
      { type: 'payment.completed', data: { paymentId: items[0]?.id } },
    ]);
  });

  it('tell of seats that staff give as of a payment of 0, and of their refund', async () => {
    const { receiver } = await subscribe('payment.completed', 'reservation.refunded', 'reservation.held');
    const { event } = await fixture().openSale();
    const [userId, request] = [fixture().newUser(), fixture().newRequest('staff')];
    const gift = { eventId: event.id, userId, seatNumbers: [1], reason: 'A guest', request, by: BY_STAFF };
    const given = unwrap(await fixture().app.giveSeats(gift)).value;
    unwrap(await fixture().app.giveSeats(gift));
    unwrap(await fixture().refund(userId, given.id));
    await eventually(async () => {
      await deliver();
      expect(receiver.received).toHaveLength(2);
    });
    const { id: reservationId, paymentId } = given;
    expect(receiver.received).toMatchObject([
      {
        type: 'payment.completed',
        data: { reservationId, paymentId, userId, totalAmount: 0, complimentary: true },
      },
      { type: 'reservation.refunded', data: { reservationId, seatNumbers: [1], amount: 0 } },
    ]);
  });

  it('tell nothing of a refusal that is recorded after its reservation was paid', async () => {
    const { receiver } = await subscribe('payment.failed', 'payment.completed');
    const { fan, reservation } = await fixture().createHold(await fixture().openSale(), [1]);
    await fixture().charge(fan.userId, 1_000);
    unwrap(await fixture().pay(fan.userId, reservation.id));
    const failed = {
      id: fixture().ports.ids.next(),
      reservationId: reservation.id,
      userId: fan.userId,
      amount: reservation.totalAmount,
      failureCode: 'INSUFFICIENT_BALANCE',
      failedAt: reservation.createdAt,
    } as const;
    await recordFailure(fixture().ports, { failed, reservation });
    // A refusal after the payment is told after it.
    await fixture().pay(fan.userId, reservation.id);
    await eventually(async () => {
      await deliver();
      expect(receiver.received.length).toBeGreaterThanOrEqual(2);
    });
    expect(receiver.received).toMatchObject([
      { type: 'payment.completed' },
      { type: 'payment.failed', data: { failureCode: 'RESERVATION_NOT_HELD' } },
    ]);
    const { items } = await fixture().app.listPayments(fan.userId, { limit: 5, cursor: null });
    expect(items).toHaveLength(3);
  });

  it('tell of a refund after its payment, and of a hold that staff have ended', async () => {
    const { receiver } = await subscribe(
      'payment.completed',
      'reservation.refunded',
      'reservation.cancelled',
    );
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    const other = await fixture().createHold(sale, [3]);
    await fixture().charge(fan.userId, 10_000);
    unwrap(await fixture().pay(fan.userId, reservation.id));
    const request = fixture().newRequest('staff');
    const refund = { reservationId: reservation.id, seatNumbers: [2], reason: 'asked for' };
    unwrap(await fixture().app.refundByStaff({ ...refund, request, by: BY_STAFF }));
    const { id: reservationId } = other.reservation;
    unwrap(await fixture().app.cancelByStaff({ reservationId, reason: 'a bot', by: BY_STAFF }));
    await eventually(async () => {
      await deliver();
      expect(receiver.received).toHaveLength(3);
    });
    const paid = receiver.received.filter(({ data }) => data['reservationId'] === reservation.id);
    expect(paid.map(({ type, data }) => [type, data['seatNumbers']])).toEqual([
      ['payment.completed', [1, 2]],
      ['reservation.refunded', [2]],
    ]);
    expect(paid[1]?.data).toMatchObject({ amount: 1_000, currency: 'KRW' });
  });

  it('tell once that a hold has lapsed, whether it was swept, cancelled or replaced by its owner', async () => {
    const { receiver } = await subscribe('reservation.expired');
    const sale = await fixture().openSale({ hold: { ttlMs: 300 } });
    const [swept, cancelled, replaced] = [
      await fixture().createHold(sale, [1]),
      await fixture().createHold(sale, [2]),
      await fixture().createHold(sale, [3]),
    ];
    await fixture().advance(400);
    const { fan, reservation } = cancelled;
    const cancel = { userId: fan.userId, reservationId: reservation.id };
    unwrap(await fixture().app.cancelReservation(cancel));
    unwrap(await fixture().app.cancelReservation(cancel));
    unwrap(await fixture().hold(replaced.fan, sale, [4]));
    await fixture().app.sweepHolds();
    await fixture().app.sweepHolds();
    const lapsed = [swept, cancelled, replaced].map((hold) => hold.reservation.id);
    // The hold that replaced one may have lapsed as well.
    const told = () =>
      receiver.received
        .map(({ data }) => data['reservationId'])
        .filter((id) => lapsed.includes(id as string));
    await eventually(async () => {
      await deliver();
      expect(told().length).toBeGreaterThanOrEqual(lapsed.length);
    });
    await deliver();
    expect(told()).toHaveLength(lapsed.length);
    expect(new Set(told())).toEqual(new Set(lapsed));
  });

  it('tell of each change of a date and of its cancellation, once and in order', async () => {
    const { receiver } = await subscribe('event.changed', 'event.cancelled');
    const { app } = fixture();
    const { event, concertId } = await fixture().openSale();
    const target = { eventId: event.id, by: BY_STAFF };
    const startsAt = event.startsAt + 3_600_000;
    const edit = { ...target, expected: null, changes: { startsAt, price: 900 } };
    unwrap(await app.editEvent(edit));
    unwrap(await app.editEvent(edit));
    expect(await app.editEvent({ ...edit, changes: { price: 800, seatCount: 1 } })).toMatchObject({
      ok: false,
    });
    const stopped = { state: 'STOPPED', reason: 'The price is wrong.' } as const;
    unwrap(await app.changeEventSales({ ...target, sales: stopped }));
    unwrap(await app.changeEventSales({ ...target, sales: { state: 'RUNNING', reason: null } }));
    const reason = 'The singer is ill.';
    unwrap(await app.cancelEvent({ ...target, reason }));
    unwrap(await app.cancelEvent({ ...target, reason: 'Another reason' }));
    await eventually(async () => {
      await deliver();
      expect(receiver.received.length).toBeGreaterThanOrEqual(4);
    });
    await deliver();
    const ids = { eventId: event.id, concertId };
    expect(receiver.received.map(({ type, data }) => [type, data])).toEqual([
      ['event.changed', { ...ids, changes: { startsAt: new Date(startsAt).toISOString(), price: 900 } }],
      ['event.changed', { ...ids, changes: { salesState: 'STOPPED', reason: stopped.reason } }],
      ['event.changed', { ...ids, changes: { salesState: 'RUNNING', reason: null } }],
      ['event.cancelled', { ...ids, reason }],
    ]);
  });

  it('tell once of each reservation that ends with its date', async () => {
    const { receiver } = await subscribe(
      'reservation.cancelled',
      'reservation.expired',
      'reservation.refunded',
    );
    const { app } = fixture();
    const [sale, quick] = [await fixture().openSale(), await fixture().openSale({ hold: { ttlMs: 300 } })];
    const lapsed = await fixture().createHold(quick, [1]);
    const [held, bought] = [await fixture().createHold(sale, [1]), await fixture().buy(sale, [2])];
    await fixture().advance(400);
    for (const { event } of [sale, quick])
      unwrap(await app.cancelEvent({ eventId: event.id, reason: 'The singer is ill.', by: BY_STAFF }));
    await Promise.all([app.endCancelledDates(), app.endCancelledDates(), app.sweepHolds()]);
    await app.endCancelledDates();
    const typesOf = ({ reservation }: { reservation: { id: string } }) =>
      receiver.received
        .filter(({ data }) => data['reservationId'] === reservation.id)
        .map(({ type }) => type);
    await eventually(async () => {
      await deliver();
      expect([held, lapsed, bought].map(typesOf)).toEqual([
        ['reservation.cancelled'],
        ['reservation.expired'],
        ['reservation.refunded'],
      ]);
    });
  });

  it('tell once of each sell-out of a concert, however many processes count its seats', async () => {
    const { receiver } = await subscribe('room.sold_out');
    const sale = await fixture().openSale({ event: { seatCount: 2 } });
    const countAtOnce = async () => {
      // As if each process had read what is stored before another one changed it.
      const stored = await fixture().ports.sellOutReads.find(sale.concertId);
      const { waitingRoom, ...others } = fixture().ports;
      // Not the rooms of the other tests as well, whose counts would be too many for one pool on a busy machine.
      const onlyThisRoom = { ...waitingRoom, list: async () => [sale.concertId] };
      const ports = { ...others, waitingRoom: onlyThisRoom, sellOutReads: { find: async () => stored } };
      const processes = Array.from({ length: 8 }, () => createApplication(ports));
      await Promise.all(processes.map((app) => app.countInventory()));
      await deliver();
    };
    const sell = async (of: ConcertOnSale, seatNumber: number) => {
      const { fan, reservation } = await fixture().createHold(of, [seatNumber]);
      await fixture().charge(fan.userId, reservation.totalAmount);
      unwrap(await fixture().pay(fan.userId, reservation.id));
      return { fan, reservation };
    };
    const reported = () => receiver.received.filter(({ data }) => data['concertId'] === sale.concertId);
    await sell(sale, 1);
    await countAtOnce();
    expect(reported()).toEqual([]);
    const last = await sell(sale, 2);
    await countAtOnce();
    expect(reported()).toMatchObject([{ type: 'room.sold_out' }]);
    expect(Object.keys(reported()[0]!.data)).toEqual(['concertId', 'asOf']);

    unwrap(await fixture().refund(last.fan.userId, last.reservation.id));
    await countAtOnce();
    expect(reported()).toHaveLength(1);
    await sell(sale, 2);
    await countAtOnce();
    expect(reported()).toHaveLength(2);

    const date = await fixture().addDate(sale, { seatCount: 1 });
    await countAtOnce();
    expect(reported()).toHaveLength(2);
    await sell({ ...sale, event: date }, 1);
    await countAtOnce();
    expect(reported()).toHaveLength(3);
  });

  it('write nothing that no endpoint asks for, and nothing of a refused request', async () => {
    const sale = await fixture().openSale();
    await fixture().app.relayOutbox();
    await fixture().createHold(sale, [1]);
    expect(await fixture().ports.outboxReads.oldestAgeMs()).toBe(0);
    expect(await fixture().app.relayOutbox()).toBe(0);
    const { receiver } = await subscribe('reservation.held');
    const fan = await fixture().join(sale);
    expect(await fixture().hold(fan, sale, [1])).toMatchObject({ refusal: { code: 'SEAT_UNAVAILABLE' } });
    await deliver();
    expect(receiver.received).toEqual([]);
  });

  it('repeat a failed request until it succeeds, and tell the organiser of each attempt', async () => {
    const { receiver, endpointId } = await subscribe('reservation.held');
    receiver.answer(503);
    const messageId = unwrap(await fixture().app.sendWebhookTest({ endpointId, by: BY_STAFF }));
    await deliver();
    expect(unwrap(await fixture().app.getWebhookEndpoint(endpointId)).failingSince).not.toBeNull();
    const failed = unwrap(await fixture().app.getWebhookDelivery({ endpointId, messageId }));
    expect(failed).toMatchObject({ status: 'PENDING', attempts: [{ statusCode: 503 }] });
    receiver.answer(204);
    unwrap(await fixture().app.redeliverWebhook({ endpointId, messageId, by: BY_STAFF }));
    await deliver();
    expect(receiver.received.map(({ type }) => type)).toEqual(['webhook.test', 'webhook.test']);
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([messageId]));
    const delivered = unwrap(await fixture().app.getWebhookDelivery({ endpointId, messageId }));
    expect(delivered).toMatchObject({
      status: 'DELIVERED',
      attempts: [{ statusCode: 503 }, { statusCode: 204 }],
    });
    expect(unwrap(await fixture().app.getWebhookEndpoint(endpointId)).failingSince).toBeNull();
  });

  it('sign with the old secret beside the new one after a rotation', async () => {
    const { receiver, endpointId } = await subscribe('reservation.held');
    const { secret } = unwrap(await fixture().app.rotateWebhookSecret({ endpointId, by: BY_STAFF }));
    unwrap(await fixture().app.sendWebhookTest({ endpointId, by: BY_STAFF }));
    await deliver();
    receiver.verifyBy(secret);
    unwrap(await fixture().app.sendWebhookTest({ endpointId, by: BY_STAFF }));
    await deliver();
    expect(receiver.refused).toEqual([]);
    expect(receiver.received.map(({ signatures }) => signatures)).toEqual([2, 2]);
  });

  it('stop at an endpoint that is gone, and continue where it is enabled again', async () => {
    const { receiver, endpointId } = await subscribe('reservation.held');
    receiver.answer(410);
    const messageId = unwrap(await fixture().app.sendWebhookTest({ endpointId, by: BY_STAFF }));
    await deliver();
    expect(unwrap(await fixture().app.getWebhookEndpoint(endpointId)).disabledReason).toBe('GONE');
    receiver.answer(204);
    unwrap(await fixture().app.redeliverWebhook({ endpointId, messageId, by: BY_STAFF }));
    await deliver();
    expect(receiver.received).toHaveLength(1);
    unwrap(
      await fixture().app.changeWebhookEndpoint({ endpointId, changes: {}, enabled: true, by: BY_STAFF }),
    );
    await deliver();
    expect(receiver.received).toHaveLength(2);
  });

  it('replay a range to an endpoint that was added later', async () => {
    const first = await subscribe('reservation.held');
    const sale = await fixture().openSale();
    const from = fixture().ports.clock.now() - 60_000;
    const held = [await fixture().createHold(sale, [1]), await fixture().createHold(sale, [2])];
    await deliver();
    expect(first.receiver.received).toHaveLength(2);
    const later = await subscribe('reservation.held');
    const range = { from, to: from + 3_600_000, cursor: null };
    const replayed = unwrap(
      await fixture().app.replayWebhooks({ endpointId: later.endpointId, ...range, by: BY_STAFF }),
    );
    expect(replayed.nextCursor).toBeNull();
    expect(replayed.messageCount).toBeGreaterThanOrEqual(2);
    await deliver();
    const ids = later.receiver.received.map(({ data }) => data['reservationId']);
    expect(ids).toEqual(expect.arrayContaining(held.map(({ reservation }) => reservation.id)));
  });

  it('replay more messages of one moment than one request may make due', async () => {
    const { endpointId } = await subscribe('reservation.held');
    const { ports, app } = fixture();
    const occurredAt = ports.clock.now() - 7_200_000;
    const newMessage = () => ({
      kind: 'WEBHOOK' as const,
      id: ports.ids.next(),
      type: 'reservation.held' as const,
      subjectId: 'a reservation',
      occurredAt,
      body: '{"data":{}}',
      endpointId: null,
    });
    await ports.transact(
      async ({ outbox }) => ok(await outbox.append(Array.from({ length: REPLAY_MAX + 1 }, newMessage))),
      'STAFF',
    );
    await app.relayOutbox();
    const counts: number[] = [];
    for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
      const range = { from: occurredAt, to: occurredAt + 1 };
      const replayed: Replayed = unwrap(
        await app.replayWebhooks({ endpointId, ...range, cursor, by: BY_STAFF }),
      );
      counts.push(replayed.messageCount);
      cursor = replayed.nextCursor;
    }
    expect(counts).toEqual([REPLAY_MAX, 1]);
  });

  it('do not wait for an endpoint that does not answer', async () => {
    const [slow, quick] = [await subscribe('reservation.held'), await subscribe('reservation.held')];
    const { webhookSender } = fixture().ports;
    const gate = Promise.withResolvers<void>();
    const app = createApplication({
      ...fixture().ports,
      webhookSender: {
        ...webhookSender,
        async send(request, stopping) {
          if (request.url === slow.receiver.url) await gate.promise;
          return webhookSender.send(request, stopping);
        },
      },
    });
    const sale = await fixture().openSale();
    await fixture().createHold(sale, [1]);
    await fixture().app.relayOutbox();
    const running = app.deliverWebhooks(NEVER);
    await eventually(() => expect(quick.receiver.received).toHaveLength(1));
    await fixture().createHold(sale, [2]);
    await fixture().app.relayOutbox();
    await eventually(() => expect(quick.receiver.received).toHaveLength(2));
    expect(slow.receiver.received).toEqual([]);
    gate.resolve();
    await running;
    expect(slow.receiver.received).toHaveLength(2);
  });

  it('send nothing to a failing endpoint at the end of a run, which others would wait for', async () => {
    const [failing, healthy] = [await subscribe('reservation.held'), await subscribe('reservation.held')];
    const test = async ({ endpointId }: { readonly endpointId: string }) =>
      unwrap(await fixture().app.sendWebhookTest({ endpointId, by: BY_STAFF }));
    failing.receiver.answer(500);
    const messageId = await test(failing);
    await deliver();
    failing.receiver.answer(204);
    const { endpointId } = failing;
    unwrap(await fixture().app.redeliverWebhook({ endpointId, messageId, by: BY_STAFF }));
    await test(healthy);
    await fixture().app.relayOutbox();
    const before = failing.receiver.received.length;
    await createDeliverWebhooks(fixture().ports, ATTEMPT_MAX_MS)(NEVER);
    expect([failing.receiver.received.length, healthy.receiver.received.length]).toEqual([before, 1]);
    await deliver();
    expect(failing.receiver.received).toHaveLength(before + 1);
  });

  it('refuse an unknown endpoint or message, an unusable URL, and one endpoint too many', async () => {
    const { app } = fixture();
    const { endpointId } = await subscribe('reservation.held');
    const NOT_FOUND = { refusal: { code: 'NOT_FOUND' } };
    expect(await app.getWebhookEndpoint('unknown')).toMatchObject(NOT_FOUND);
    expect(await app.deleteWebhookEndpoint({ endpointId: 'unknown', by: BY_STAFF })).toMatchObject(NOT_FOUND);
    expect(await app.rotateWebhookSecret({ endpointId: 'unknown', by: BY_STAFF })).toMatchObject(NOT_FOUND);
    expect(await app.sendWebhookTest({ endpointId: 'unknown', by: BY_STAFF })).toMatchObject(NOT_FOUND);
    expect(await app.redeliverWebhook({ endpointId, messageId: 'unknown', by: BY_STAFF })).toMatchObject(
      NOT_FOUND,
    );
    expect(
      await app.replayWebhooks({ endpointId, from: 2, to: 2, cursor: null, by: BY_STAFF }),
    ).toMatchObject({
      refusal: { code: 'VALIDATION_FAILED' },
    });
    const create = (url: string) =>
      app.createWebhookEndpoint({ url, description: '', eventTypes: ['reservation.held'], by: BY_STAFF });
    expect(await create('ftp://example.org')).toMatchObject({ refusal: { code: 'VALIDATION_FAILED' } });
    for (let count = 1; count < WEBHOOK_ENDPOINTS_MAX; count += 1)
      unwrap(await create('https://example.org'));
    expect(await create('https://example.org')).toMatchObject({
      refusal: { code: 'WEBHOOK_ENDPOINT_LIMIT' },
    });
    const withoutKeys = createApplication({ ...fixture().ports, newWebhookSecret: null });
    expect(
      await withoutKeys.createWebhookEndpoint({
        url: 'https://example.org',
        description: '',
        eventTypes: ['reservation.held'],
        by: BY_STAFF,
      }),
    ).toMatchObject({ refusal: { code: 'WEBHOOKS_NOT_CONFIGURED' } });
  });
});
