import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { ClaimedDelivery } from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { WebhookEndpoint } from '@frontrow/domain/webhooks/endpoint.ts';
import type { MysqlPorts } from '../../../src/mysql/mysql-ports.ts';

const HOUR_MS = 60 * 60 * 1000;
const ENDPOINT: WebhookEndpoint = {
  id: 'an endpoint',
  url: 'https://example.org/hooks',
  description: '',
  eventTypes: ['reservation.held', 'payment.completed'],
  disabledReason: null,
  failingSince: null,
  createdAt: 0,
};
const SECRETS = { current: 'whsec_bmV3', previous: null, previousUntil: null };
const MESSAGE = {
  type: 'reservation.held',
  subjectId: 'a reservation',
  occurredAt: 1_000,
  body: '{}',
} as const;
const SUCCESS = { statusCode: 204, error: null, durationMs: 12 };
const FAILURE = { statusCode: null, error: 'ECONNREFUSED', durationMs: 34 };

export function webhookReads({ webhookEndpointReads, webhookDeliveryReads }: MysqlPorts) {
  const [first, next] = [
    { limit: 20, cursor: null },
    { limit: 20, cursor: '7' },
  ];
  return {
    'webhookEndpointReads.find': () => webhookEndpointReads.find(ENDPOINT.id),
    'webhookEndpointReads.list': () => webhookEndpointReads.list(first),
    'webhookEndpointReads.list, next page': () => webhookEndpointReads.list(next),
    'webhookEndpointReads.listWantedTypes': () => webhookEndpointReads.listWantedTypes(),
    'webhookEndpointReads.listEnabled': () => webhookEndpointReads.listEnabled(),
    'webhookDeliveryReads.list': () => webhookDeliveryReads.list(ENDPOINT.id, first, null),
    'webhookDeliveryReads.list, of a status, next page': () =>
      webhookDeliveryReads.list(ENDPOINT.id, next, 'FAILED'),
    'webhookDeliveryReads.find': () => webhookDeliveryReads.find(ENDPOINT.id, 'a message'),
    'webhookDeliveryReads.listBacklogs': () => webhookDeliveryReads.listBacklogs(),
    'webhookDeliveryReads.purge': () => webhookDeliveryReads.purge(HOUR_MS, 10),
  };
}

export function webhookWrites({ webhookEndpoints, webhookDeliveries }: UnitOfWork) {
  const claimed: ClaimedDelivery[] = [];
  const failed = () => claimed.map((delivery) => ({ delivery, outcome: FAILURE }));
  const messages = [1, 2].map((entry) => ({
    entryId: String(2 ** 40 + entry),
    message: { ...MESSAGE, id: `message ${entry}`, endpointId: null },
    traceparent: null,
  }));
  const replay = (cursor: string | null) =>
    webhookDeliveries.replay(ENDPOINT, { from: 0, to: HOUR_MS }, { limit: 10, cursor });
  return {
    'webhookEndpoints.count': () => webhookEndpoints.count(),
    'webhookEndpoints.add': () => webhookEndpoints.add(ENDPOINT, SECRETS),
    'webhookEndpoints.lock': () => webhookEndpoints.lock(ENDPOINT.id),
    'webhookEndpoints.save': () => webhookEndpoints.save(ENDPOINT),
    'webhookEndpoints.findSecrets': () => webhookEndpoints.findSecrets(ENDPOINT.id),
    'webhookEndpoints.saveSecrets': () => webhookEndpoints.saveSecrets(ENDPOINT.id, SECRETS),
    'webhookDeliveries.add': () => webhookDeliveries.add(messages),
    'webhookDeliveries.claim': async () =>
      claimed.push(...(await webhookDeliveries.claim(ENDPOINT.id, 10, HOUR_MS))),
    'webhookDeliveries.record, to repeat': () =>
      webhookDeliveries.record(failed().map((each) => ({ ...each, retryInMs: 0 }))),
    'webhookDeliveries.record, the last failure': () =>
      webhookDeliveries.record(
        failed().map(({ delivery, outcome }) => ({
          delivery: { ...delivery, attempt: 2 },
          outcome,
          retryInMs: null,
        })),
      ),
    'webhookDeliveries.record, delivered': () =>
      webhookDeliveries.record(
        claimed.map((delivery) => ({
          delivery: { ...delivery, attempt: 3 },
          outcome: SUCCESS,
          retryInMs: null,
        })),
      ),
    'webhookDeliveries.replay': () => replay(null),
    'webhookDeliveries.replay, next page': () => replay('1000:7'),
    'webhookDeliveries.redeliver': () => webhookDeliveries.redeliver(ENDPOINT.id, 'message 1'),
    'webhookEndpoints.remove': () => webhookEndpoints.remove(ENDPOINT.id),
  };
}
