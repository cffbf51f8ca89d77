import { describe, expect, it } from 'vitest';
import type { WebhookEndpoint } from '@frontrow/domain/webhooks/endpoint.ts';
import type { WebhookMessage } from '@frontrow/domain/webhooks/message.ts';
import type { AttemptOutcome, ClaimedDelivery } from '../../src/ports/webhooks/webhook-deliveries.ts';
import type { PageRequest } from '../../src/ports/shared/page.ts';
import { type OpenPorts, eventually, listAll, usePorts, write } from '../shared/contract-support.ts';
import { newWebhookEndpoint } from './webhook-endpoints.contract.ts';

/** A trace that the messages continue. */
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const LEASE_MS = 60_000;
const SUCCESS: AttemptOutcome = { statusCode: 204, error: null, durationMs: 12 };
const FAILURE: AttemptOutcome = { statusCode: 503, error: 'the answer is 503', durationMs: 34 };

/** Needs a database of its own, because it takes every entry of the outbox. */
export function describeWebhookDeliveriesContract(
  name: string,
  open: OpenPorts<'transact' | 'webhookDeliveryReads' | 'outboxReads' | 'ids'>,
): void {
  describe(`WebhookDeliveries (${name})`, () => {
    const ports = usePorts(open);

    async function addEndpoint(facts: Partial<WebhookEndpoint> = {}): Promise<string> {
      const endpoint = newWebhookEndpoint(ports(), facts);
      const secrets = { current: 'whsec_bmV3', previous: null, previousUntil: null };
      await write(ports(), ({ webhookEndpoints }) => webhookEndpoints.add(endpoint, secrets));
      return endpoint.id;
    }
    function newMessage(facts: Partial<WebhookMessage> = {}): WebhookMessage {
      const { ids } = ports();
      const [id, subjectId] = [ids.next(), ids.next()];
      const body = JSON.stringify({ type: 'payment.completed', id });
      const occurredAt = Date.now();
      return { id, type: 'payment.completed', subjectId, occurredAt, body, endpointId: null, ...facts };
    }
    async function append(...messages: WebhookMessage[]): Promise<void> {
      const traceparent = TRACEPARENT;
      for (const message of messages)
        await write(ports(), ({ outbox }) => outbox.append([{ kind: 'WEBHOOK', ...message, traceparent }]));
    }
    /** Stores the messages of the outbox like the relay. */
    const relay = () =>
      write(ports(), async ({ outbox, webhookDeliveries }) => {
        const entries = await outbox.take(100);
        const messages = entries.flatMap(({ id, message }) =>
          message.kind === 'WEBHOOK'
            ? [{ entryId: id, message, traceparent: message.traceparent ?? null }]
            : [],
        );
        await webhookDeliveries.add(messages);
        await outbox.markDelivered(entries.map(({ id }) => id));
      });
    const claim = (endpointId: string, limit = 10, leaseMs = LEASE_MS) =>
      write(ports(), ({ webhookDeliveries }) => webhookDeliveries.claim(endpointId, limit, leaseMs));
    const record = (delivery: ClaimedDelivery, outcome: AttemptOutcome, retryInMs: number | null = null) =>
      write(ports(), ({ webhookDeliveries }) => webhookDeliveries.record([{ delivery, outcome, retryInMs }]));
    const replay = (to: string, from: number, until: number, page: Partial<PageRequest> = {}) => {
      const endpoint = { id: to, eventTypes: ['payment.completed', 'reservation.expired'] as const };
      return write(ports(), ({ webhookDeliveries }) =>
        webhookDeliveries.replay(endpoint, { from, to: until }, { limit: 10, cursor: null, ...page }),
      );
    };
    const backlogOf = async (id: string) =>
      (await ports().webhookDeliveryReads.listBacklogs()).find(({ endpointId }) => endpointId === id);
    const statusesOf = async (endpointId: string) =>
      (await listAll((page) => ports().webhookDeliveryReads.list(endpointId, page, null), 2)).map(
        ({ message, status }) => [message.id, status],
      );

    it('gives a message to the enabled endpoints that ask for its type, or to its one endpoint', async () => {
      const [one, other] = [await addEndpoint(), await addEndpoint({ eventTypes: ['reservation.held'] })];
      const disabled = await addEndpoint({ disabledReason: 'BY_ORGANISER' });
      const [paid, test] = [newMessage(), newMessage({ type: 'webhook.test', endpointId: other })];
      await append(paid, test, newMessage({ type: 'reservation.cancelled' }));
      expect(await claim(one)).toEqual([]);
      await relay();
      expect((await claim(one)).map(({ message }) => message)).toMatchObject([
        { id: paid.id, type: paid.type, body: paid.body },
      ]);
      expect((await claim(other)).map(({ message }) => message.id)).toEqual([test.id]);
      expect(await claim(disabled)).toEqual([]);
    });

    it('leases a claimed delivery to one process', async () => {
      const endpointId = await addEndpoint();
      await append(newMessage());
      await relay();
      const [first] = await claim(endpointId, 10, 50);
      expect(first).toMatchObject({ endpointId, attempt: 1, scheduled: 1, traceparent: TRACEPARENT });
      const [again] = await eventually(async () => {
        const claimed = await claim(endpointId);
        expect(claimed).toHaveLength(1);
        return claimed;
      });
      expect(again).toMatchObject({ attempt: 2, scheduled: 2, message: { id: first!.message.id } });
      expect(await claim(endpointId)).toEqual([]);
      // The first process returns late, and its failure changes nothing.
      await record(first!, FAILURE, 0);
      expect(await claim(endpointId)).toEqual([]);
      await record(again!, SUCCESS);
      expect(await statusesOf(endpointId)).toEqual([[first!.message.id, 'DELIVERED']]);
    });

    it('claims at most the given number, longest due first', async () => {
      const endpointId = await addEndpoint();
      const messages = [newMessage(), newMessage(), newMessage()];
      await append(...messages);
      await relay();
      const claimed = [...(await claim(endpointId, 2)), ...(await claim(endpointId, 2))];
      expect(claimed.map(({ message }) => message.id)).toEqual(messages.map(({ id }) => id));
    });

    it('keeps a message back while an earlier one of its subject is undelivered', async () => {
      const endpointId = await addEndpoint();
      const held = newMessage();
      const paid = newMessage({ subjectId: held.subjectId });
      const other = newMessage();
      await append(held, paid, other);
      await relay();
      const claimed = await claim(endpointId);
      expect(claimed.map(({ message }) => message.id)).toEqual([held.id, other.id]);
      await record(claimed[0]!, FAILURE, 100);
      const [retry] = await eventually(async () => {
        const due = await claim(endpointId);
        expect(due.map(({ message }) => message.id)).toEqual([held.id]);
        return due;
      });
      await record(retry!, SUCCESS);
      await eventually(async () =>
        expect((await claim(endpointId)).map(({ message }) => message.id)).toEqual([paid.id]),
      );
    });

    it('releases the next message of a subject when the schedule of the earlier one has ended', async () => {
      const endpointId = await addEndpoint();
      const held = newMessage();
      const paid = newMessage({ subjectId: held.subjectId });
      await append(held, paid);
      await relay();
      const [first] = await claim(endpointId);
      await record(first!, FAILURE);
      await eventually(async () =>
        expect((await claim(endpointId)).map(({ message }) => message.id)).toEqual([paid.id]),
      );
      expect(await statusesOf(endpointId)).toEqual([
        [paid.id, 'PENDING'],
        [held.id, 'FAILED'],
      ]);
    });

    it('logs every attempt', async () => {
      const endpointId = await addEndpoint();
      const message = newMessage();
      await append(message);
      await relay();
      const [first] = await claim(endpointId);
      await record(first!, { ...FAILURE, statusCode: null, error: 'ECONNREFUSED' }, 0);
      const [second] = await eventually(async () => {
        const claimed = await claim(endpointId);
        expect(claimed).toHaveLength(1);
        return claimed;
      });
      await record(second!, SUCCESS);
      const found = await ports().webhookDeliveryReads.find(endpointId, message.id);
      expect(found).toMatchObject({
        message: { id: message.id, type: message.type, occurredAt: message.occurredAt },
        status: 'DELIVERED',
        attemptCount: 2,
        nextAttemptAt: null,
        body: message.body,
      });
      expect(found?.attempts).toMatchObject([
        { attempt: 1, statusCode: null, error: 'ECONNREFUSED', durationMs: 34 },
        { attempt: 2, attemptedAt: second!.claimedAt, nextAttemptAt: null, ...SUCCESS },
      ]);
      expect(found?.attempts[0]?.nextAttemptAt).not.toBeNull();
      expect(await ports().webhookDeliveryReads.find(endpointId, 'unknown')).toBeNull();
      expect(await ports().webhookDeliveryReads.find('unknown', message.id)).toBeNull();
    });

    it('lists the deliveries of a status, newest message first', async () => {
      const endpointId = await addEndpoint();
      const messages = [newMessage(), newMessage(), newMessage()];
      await append(...messages);
      await relay();
      const claimed = await claim(endpointId);
      await record(claimed[0]!, FAILURE);
      await record(claimed[1]!, SUCCESS);
      expect(await statusesOf(endpointId)).toEqual([
        [messages[2]!.id, 'PENDING'],
        [messages[1]!.id, 'DELIVERED'],
        [messages[0]!.id, 'FAILED'],
      ]);
      const failed = await ports().webhookDeliveryReads.list(
        endpointId,
        { limit: 9, cursor: null },
        'FAILED',
      );
      expect(failed.items.map(({ message }) => message.id)).toEqual([messages[0]!.id]);
    });

    it('replays a range, also to an endpoint that was not there, and leaves undelivered messages alone', async () => {
      const endpointId = await addEndpoint();
      const start = Date.now() - 3_600_000;
      const messages = [0, 1, 2, 3].map((index) => newMessage({ occurredAt: start + index * 1_000 }));
      await append(...messages);
      await relay();
      for (const delivery of await claim(endpointId)) await record(delivery, SUCCESS);
      const later = await addEndpoint();
      const first = await replay(later, start, start + 3_000, { limit: 2 });
      expect(first).toEqual({ messageCount: 2, nextCursor: expect.any(String) });
      const rest = { limit: 2, cursor: first.nextCursor };
      expect(await replay(later, start, start + 3_000, rest)).toEqual({ messageCount: 1, nextCursor: null });
      const claimed = await claim(later);
      expect(claimed.map(({ message }) => message.id)).toEqual(messages.slice(0, 3).map(({ id }) => id));
      // They are in progress, and stay so.
      await replay(later, start, start + 3_000);
      expect(await claim(later)).toEqual([]);
      expect(await claim(endpointId)).toEqual([]);
      await replay(endpointId, start + 1_000, start + 2_000);
      expect(await claim(endpointId)).toMatchObject([
        { message: { id: messages[1]!.id }, attempt: 2, scheduled: 1 },
      ]);
    });

    it('replays messages of one moment a page at a time, those of several types in one order', async () => {
      const occurredAt = Date.now() - 7_200_000;
      const subjectId = 'one subject';
      const [endpointId, other] = [await addEndpoint(), 'reservation.expired'] as const;
      await addEndpoint({ eventTypes: ['reservation.expired', 'reservation.held'] });
      const messages = (
        ['payment.completed', other, 'payment.completed', other, 'payment.completed'] as const
      ).map((type) => newMessage({ type, occurredAt, subjectId }));
      await append(...messages, newMessage({ type: 'reservation.held', occurredAt }));
      await relay();
      for (const delivery of await claim(endpointId)) await record(delivery, SUCCESS);
      const later = await addEndpoint();
      const counts: number[] = [];
      for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
        const page = await replay(later, occurredAt, occurredAt + 1, { limit: 2, cursor });
        counts.push(page.messageCount);
        cursor = page.nextCursor;
      }
      expect(counts).toEqual([2, 2, 1]);
      expect((await statusesOf(later)).map(([id]) => id)).toEqual(messages.map(({ id }) => id).toReversed());
    });

    it('redelivers one message at once', async () => {
      const endpointId = await addEndpoint();
      const message = newMessage();
      await append(message);
      await relay();
      const [first] = await claim(endpointId);
      await record(first!, FAILURE, LEASE_MS);
      const redeliver = (messageId: string) =>
        write(ports(), ({ webhookDeliveries }) => webhookDeliveries.redeliver(endpointId, messageId));
      expect(await redeliver(message.id)).toBe(true);
      expect(await redeliver('unknown')).toBe(false);
      expect(await claim(endpointId)).toMatchObject([{ attempt: 2, scheduled: 1 }]);
    });

    it('counts what each enabled endpoint has not received, with the age of the oldest message', async () => {
      const endpointId = await addEndpoint();
      const disabled = await addEndpoint({ disabledReason: 'GONE' });
      expect(await backlogOf(endpointId)).toEqual({ endpointId, pendingCount: 0, oldestAgeMs: 0 });
      await append(newMessage(), newMessage());
      await relay();
      await eventually(async () => expect((await backlogOf(endpointId))?.oldestAgeMs).toBeGreaterThan(20));
      expect(await backlogOf(endpointId)).toMatchObject({ pendingCount: 2 });
      expect(await backlogOf(disabled)).toBeUndefined();
      for (const delivery of await claim(endpointId)) await record(delivery, SUCCESS);
      expect(await backlogOf(endpointId)).toEqual({ endpointId, pendingCount: 0, oldestAgeMs: 0 });
    });

    it('purges old messages with their deliveries, a batch at a time', async () => {
      const endpointId = await addEndpoint();
      await append(newMessage(), newMessage());
      await relay();
      const [delivery] = await claim(endpointId);
      await record(delivery!, SUCCESS);
      expect(await ports().webhookDeliveryReads.purge(3_600_000, 10)).toBe(0);
      await eventually(async () => expect(await ports().webhookDeliveryReads.purge(20, 1)).toBe(1));
      await eventually(async () => {
        await ports().webhookDeliveryReads.purge(0, 100);
        expect(await statusesOf(endpointId)).toEqual([]);
      });
      expect(await ports().webhookDeliveryReads.find(endpointId, delivery!.message.id)).toBeNull();
    });
  });
}
