import type {
  Delivery,
  DeliveryWithAttempts,
} from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { COUNT_MAX, formatNullable, id, instant, instantInput } from '../shared/fields.ts';
import { pageOf, pageQuery } from '../shared/paging.ts';

const example = {
  messageId: EXAMPLE.webhookMessageId,
  type: 'payment.completed',
  occurredAt: '2026-12-01T11:02:03.015Z',
  status: 'PENDING',
  attemptCount: 1,
  nextAttemptAt: '2026-12-01T11:02:09.102Z',
};
const attemptExample = {
  attempt: 1,
  attemptedAt: '2026-12-01T11:02:03.611Z',
  durationMs: 87,
  statusCode: 503,
  error: 'the answer is 503',
  nextAttemptAt: '2026-12-01T11:02:09.102Z',
};

export const webhookDeliveryStatus = z.enum(['PENDING', 'DELIVERED', 'FAILED']);
const members = {
  messageId: id.meta({ description: 'The `webhook-id` of every request that delivers the message' }),
  type: z.string(),
  occurredAt: instant,
  status: webhookDeliveryStatus.meta({ description: 'FAILED: the last attempt of the schedule has failed' }),
  attemptCount: z.int().min(0).max(COUNT_MAX),
  nextAttemptAt: instant.nullable().meta({ description: 'Null unless PENDING' }),
};
const webhookAttempt = z.object({
  attempt: z.int().min(1).max(COUNT_MAX),
  attemptedAt: instant,
  durationMs: z.int().min(0).max(COUNT_MAX),
  statusCode: z.int().min(100).max(999).nullable().meta({ description: 'Null without an answer' }),
  error: z.string().nullable().meta({ description: 'Null for a success' }),
  nextAttemptAt: instant.nullable(),
});

const delivery = z.object(members).meta({ id: 'WebhookDelivery', examples: [example] });
export const webhookDeliveryPage = pageOf(delivery).meta({
  id: 'WebhookDeliveryPage',
  examples: [{ items: [example], nextCursor: null }],
});
export const webhookDeliveryQuery = pageQuery.extend({ status: webhookDeliveryStatus.optional() });

export const webhookDelivery = z
  .object({
    ...members,
    body: z.string().meta({ description: 'The body of every request that delivers the message, as JSON' }),
    attempts: z.array(webhookAttempt).meta({ description: 'Oldest first' }),
  })
  .meta({
    id: 'WebhookDeliveryWithAttempts',
    examples: [
      {
        ...example,
        body: `{"type":"payment.completed","timestamp":"2026-12-01T11:02:03.015Z","data":{"paymentId":"${EXAMPLE.paymentId}"}}`,
        attempts: [attemptExample],
      },
    ],
  });

export const webhookMessage = z
  .object({ messageId: id })
  .meta({ id: 'WebhookMessage', examples: [{ messageId: EXAMPLE.webhookMessageId }] });

export const webhookReplay = z
  .strictObject({
    from: instantInput,
    to: instantInput,
    cursor: z
      .string()
      .max(512)
      .nullish()
      .meta({ description: 'The nextCursor of the replay before, of the same range' }),
  })
  .meta({
    id: 'WebhookReplay',
    examples: [{ from: '2026-12-01T11:00:00.000Z', to: '2026-12-01T12:00:00.000Z' }],
  });
export const webhookReplayed = z
  .object({
    messageCount: z.int().min(0).max(COUNT_MAX),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Where the rest of the range begins; null where all of it is due again' }),
  })
  .meta({ id: 'WebhookReplayed', examples: [{ messageCount: 412, nextCursor: null }] });

export function presentDelivery({ message, ...of }: Delivery): z.output<typeof delivery> {
  return {
    messageId: message.id,
    type: message.type,
    occurredAt: formatInstant(message.occurredAt),
    status: of.status,
    attemptCount: of.attemptCount,
    nextAttemptAt: formatNullable(of.nextAttemptAt),
  };
}

export function presentDeliveryWithAttempts(of: DeliveryWithAttempts): z.output<typeof webhookDelivery> {
  return {
    ...presentDelivery(of),
    body: of.body,
    attempts: of.attempts.map((each) => ({
      attempt: each.attempt,
      attemptedAt: formatInstant(each.attemptedAt),
      durationMs: each.durationMs,
      statusCode: each.statusCode,
      error: each.error,
      nextAttemptAt: formatNullable(each.nextAttemptAt),
    })),
  };
}
