import type { ClaimedDelivery } from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { WEBHOOK_EVENT_TYPES } from '@frontrow/domain/webhooks/message.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PlanReader, openPlanReader } from '../plan-reader.ts';

const ENDPOINT = 'endpoint-0';
const PAGE = { limit: 20, cursor: null };
const HOUR_MS = 3_600_000;

let reader: PlanReader;
let ports: PlanReader['ports'];
let plansOf: PlanReader['plansOf'];

/** 10,000 messages of two types in 100 hours, each with a delivery to two endpoints. One in fifty is not delivered. */
beforeAll(async () => {
  reader = await openPlanReader();
  const { db } = reader;
  ({ ports, plansOf } = reader);
  const endpoint = {
    url: 'https://example.org/hooks',
    description: '',
    eventTypes: ['reservation.held', 'payment.completed'],
    disabledReason: null,
    failingSince: null,
    createdAt: 0,
  } as const;
  const secrets = { current: 'whsec_bmV3', previous: null, previousUntil: null };
  await ports.transact(async ({ webhookEndpoints }) => {
    for (const id of [ENDPOINT, 'endpoint-1']) await webhookEndpoints.add({ ...endpoint, id }, secrets);
    return ok(undefined);
  }, 'STAFF');
  const numbers = sql`with recursive number (n) as (select 0 union all select n + 1 from number where n < 99)`;
  await sql`
    insert into webhook_message (outbox_id, id, type, subject_id, body, occurred_at, created_at)
    ${numbers}
    select a.n * 100 + b.n + 1, concat('message-', a.n * 100 + b.n),
      if(b.n % 2 = 0, 'reservation.held', 'payment.completed'), concat('reservation-', a.n * 50 + floor(b.n / 2)), '{}',
      now() - interval a.n hour, now() - interval a.n hour
    from number a join number b`.execute(db);
  await sql`
    insert into webhook_delivery
      (endpoint_id, outbox_id, subject_id, status, attempt_count, scheduled_count, next_attempt_at)
    select e.id, m.outbox_id, m.subject_id, if(m.outbox_id % 50 = 0, 'PENDING', 'DELIVERED'), 1, 1, m.created_at
    from webhook_message m join webhook_endpoint e`.execute(db);
  await sql`
    insert into webhook_attempt (endpoint_id, outbox_id, attempt, attempted_at, duration_ms)
    select endpoint_id, outbox_id, 1, next_attempt_at, 10 from webhook_delivery`.execute(db);
  await sql`
    insert into outbox (kind, payload, created_at, due_at, delivered_at)
    select 'WEBHOOK', '{}', created_at, created_at, created_at from webhook_message`.execute(db);
  await sql`analyze table webhook_endpoint, webhook_message, webhook_delivery, webhook_attempt, outbox`.execute(
    db,
  );
});
afterAll(() => reader.close());

it('claims what is due by its time, and looks for earlier messages by their subjects', async () => {
  const claimed: ClaimedDelivery[] = [];
  const plans = await plansOf(() =>
    ports.transact(
      async ({ webhookDeliveries }) =>
        ok(claimed.push(...(await webhookDeliveries.claim(ENDPOINT, 5, HOUR_MS)))),
      'STAFF',
    ),
  );
  expect(claimed).toHaveLength(5);
  expect(plans).toEqual([
    'webhook_delivery_by_due: range',
    'outbox_by_delivery: const',
    'webhook_delivery_by_subject: range',
    'PRIMARY: const,const',
    'PRIMARY: range',
  ]);
});

it('records attempts by their keys', async () => {
  const plans = await plansOf(() =>
    ports.transact(async ({ webhookDeliveries }) => {
      const claimed = await webhookDeliveries.claim('endpoint-1', 4, HOUR_MS);
      const outcomes = claimed.map((delivery, index) => ({
        delivery,
        outcome: { statusCode: 204, error: index < 2 ? null : 'refused', durationMs: 1 },
        retryInMs: index === 2 ? HOUR_MS : null,
      }));
      return ok(await webhookDeliveries.record(outcomes));
    }, 'STAFF'),
  );
  const recorded = plans.slice(-3);
  expect(recorded).toEqual(recorded.map(() => 'PRIMARY: const,const'));
});

it('lists deliveries in the order of an index, and finds one by its message', async () => {
  const { webhookDeliveryReads: reads } = ports;
  const plans = [];
  for (const cursor of [null, '5000'])
    for (const status of [null, 'FAILED', 'PENDING'] as const)
      plans.push(await plansOf(() => reads.list(ENDPOINT, { ...PAGE, cursor }, status)));
  const ofMessage = 'PRIMARY: d.outbox_id';
  expect(plans).toEqual([
    ['PRIMARY: const', ofMessage],
    ['webhook_delivery_by_status: const,const', ofMessage],
    ['webhook_delivery_by_status: const,const', ofMessage],
    ['PRIMARY: range', ofMessage],
    ['webhook_delivery_by_status: range', ofMessage],
    ['webhook_delivery_by_status: range', ofMessage],
  ]);
  expect(await plansOf(() => reads.find(ENDPOINT, 'message-77'))).toEqual([
    'webhook_message_by_id: const',
    'PRIMARY: const,const',
    'PRIMARY: const,const',
  ]);
});

it('reads one message of each endpoint for its oldest age, and no more keys than it counts', async () => {
  expect(await plansOf(() => ports.webhookDeliveryReads.listBacklogs())).toEqual([
    'PRIMARY: range',
    'PRIMARY: func',
    'webhook_delivery_by_status: e.id,const',
    'derived', // the keys that the next line has limited
    'webhook_delivery_by_status: e.id,const',
  ]);
});

it('replays each type in the order of an index, and redelivers by the message', async () => {
  const range = { from: Date.now() - 50 * HOUR_MS, to: Date.now() };
  for (const cursor of [null, `${range.from + HOUR_MS}:7`])
    expect(
      await plansOf(() =>
        ports.transact(async ({ webhookDeliveries }) => {
          const endpoint = { id: ENDPOINT, eventTypes: WEBHOOK_EVENT_TYPES };
          return ok(await webhookDeliveries.replay(endpoint, range, { ...PAGE, cursor }));
        }, 'STAFF'),
      ),
    ).toEqual([...WEBHOOK_EVENT_TYPES.map(() => 'webhook_message_by_type: range'), 'derived']);
  expect(
    await plansOf(() =>
      ports.transact(
        async ({ webhookDeliveries }) => ok(await webhookDeliveries.redeliver(ENDPOINT, 'message-77')),
        'STAFF',
      ),
    ),
  ).toEqual(['webhook_message_by_id: const', 'PRIMARY: const,const']);
});

it('reads few rows for a claim, a page and a replay, whatever the number of messages', async () => {
  const { webhookDeliveryReads: reads, transact } = ports;
  const range = { from: Date.now() - 50 * HOUR_MS, to: Date.now() };
  const endpoint = { id: ENDPOINT, eventTypes: WEBHOOK_EVENT_TYPES };
  const acts = [
    () =>
      transact(async ({ webhookDeliveries: unit }) => ok(await unit.claim(ENDPOINT, 5, HOUR_MS)), 'STAFF'),
    () =>
      transact(async ({ webhookDeliveries: unit }) => ok(await unit.replay(endpoint, range, PAGE)), 'STAFF'),
    () => reads.list(ENDPOINT, PAGE, null),
    () => reads.list(ENDPOINT, PAGE, 'DELIVERED'),
  ];
  for (const act of acts) expect(await reader.countReads(act)).toBeLessThan(500);
});

it('purges messages by their age, and what belongs to them by their ids', async () => {
  const plans = await plansOf(async () => {
    expect(await ports.webhookDeliveryReads.purge(90 * HOUR_MS, 10)).toBe(10);
  });
  expect(plans).toEqual([
    'webhook_message_by_age: range',
    'webhook_attempt_by_message: const',
    'webhook_delivery_by_message: const',
    'PRIMARY: const',
  ]);
});
