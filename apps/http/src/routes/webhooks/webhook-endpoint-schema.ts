import type { EndpointWithSecret } from '@frontrow/application/use-cases/webhooks/create-webhook-endpoint.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { WEBHOOK_URL_LENGTH_MAX, type WebhookEndpoint } from '@frontrow/domain/webhooks/endpoint.ts';
import { WEBHOOK_EVENT_TYPES } from '@frontrow/domain/webhooks/message.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { formatNullable, id, instant } from '../shared/fields.ts';
import { pageOf } from '../shared/paging.ts';

const DESCRIPTION_LENGTH_MAX = 200;
const CONTROL = /\p{Cc}/u;

const facts = {
  url: 'https://box-office.example.org/hooks',
  description: 'The box office',
  eventTypes: ['payment.completed', 'reservation.expired'],
};
const example = {
  id: EXAMPLE.webhookEndpointId,
  ...facts,
  enabled: true,
  disabledReason: null,
  failingSince: null,
  createdAt: '2026-11-30T09:00:00.000Z',
};

export const webhookEventType = z.enum(WEBHOOK_EVENT_TYPES);
const eventTypes = z
  .array(webhookEventType)
  .min(1)
  .max(WEBHOOK_EVENT_TYPES.length)
  .refine((types) => new Set(types).size === types.length, 'must name each type once');
const description = z
  .string()
  .max(DESCRIPTION_LENGTH_MAX)
  .refine((text) => !CONTROL.test(text), 'must have no control characters');
const url = z
  .string()
  .min(1)
  .max(WEBHOOK_URL_LENGTH_MAX)
  .meta({ format: 'uri', description: 'An https URL that is reachable from everywhere' });

export const newWebhookEndpoint = z
  .strictObject({ url, description: description.optional(), eventTypes })
  .meta({ id: 'NewWebhookEndpoint', examples: [facts] });

export const webhookEndpointPatch = z
  .strictObject({
    url: z.exactOptional(url),
    description: z.exactOptional(description),
    eventTypes: z.exactOptional(eventTypes),
    enabled: z.boolean().optional(),
  })
  .meta({ id: 'WebhookEndpointPatch', examples: [{ enabled: true }] });

const endpointMembers = {
  id,
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(webhookEventType),
  enabled: z.boolean(),
  disabledReason: z.enum(['BY_ORGANISER', 'FAILING', 'GONE']).nullable().meta({
    description: 'FAILING: no attempt has succeeded for five days. GONE: the endpoint answered 410.',
  }),
  failingSince: instant.nullable().meta({ description: 'The first failure since the last success' }),
  createdAt: instant,
};

export const webhookEndpoint = z.object(endpointMembers).meta({ id: 'WebhookEndpoint', examples: [example] });

export const webhookEndpointWithSecret = z
  .object({
    ...endpointMembers,
    secret: z.string().meta({ description: 'Signs the messages; this answer alone shows it' }),
  })
  .meta({ id: 'WebhookEndpointWithSecret', examples: [{ ...example, secret: EXAMPLE.webhookSecret }] });

export const webhookEndpointPage = pageOf(webhookEndpoint).meta({
  id: 'WebhookEndpointPage',
  examples: [{ items: [example], nextCursor: null }],
});

export function presentWebhookEndpoint(of: WebhookEndpoint): z.output<typeof webhookEndpoint> {
  return {
    id: of.id,
    url: of.url,
    description: of.description,
    eventTypes: [...of.eventTypes],
    enabled: of.disabledReason === null,
    disabledReason: of.disabledReason,
    failingSince: formatNullable(of.failingSince),
    createdAt: formatInstant(of.createdAt),
  };
}

export function presentWithSecret({ endpoint, secret }: EndpointWithSecret) {
  return { ...presentWebhookEndpoint(endpoint), secret };
}
