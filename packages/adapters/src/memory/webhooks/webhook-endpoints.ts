import type {
  WebhookEndpointReads,
  WebhookEndpoints,
} from '@frontrow/application/ports/webhooks/webhook-endpoints.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { rowsOf } from '../store/table.ts';
import type { Tables, WebhookEndpointRow } from '../store/tables.ts';

export function createMemoryWebhookEndpointReads({
  tables,
}: Pick<MemoryView, 'tables'>): WebhookEndpointReads {
  return {
    find: async (id) => tables.webhookEndpoints.get(id)?.endpoint ?? null,
    async list(page) {
      const endpoints = [...rowsOf(tables.webhookEndpoints)].map(({ endpoint }) => endpoint);
      return paginateById(endpoints, page, 'OLDEST_FIRST');
    },
    listWantedTypes: async () => new Set(enabledOf(tables).flatMap(({ endpoint }) => endpoint.eventTypes)),
    listEnabled: async () => enabledOf(tables),
  };
}

export function createMemoryWebhookEndpoints({ tables, clock }: MemoryView): WebhookEndpoints {
  const { webhookEndpoints } = tables;
  return {
    count: async () => [...rowsOf(webhookEndpoints)].length,
    add: async (endpoint, secrets) => webhookEndpoints.insert(endpoint.id, { endpoint, secrets }),
    async lock(id) {
      const row = webhookEndpoints.get(id);
      return row === undefined ? null : { endpoint: row.endpoint, asOf: clock.now() };
    },
    save: async (endpoint) => webhookEndpoints.put(endpoint.id, { ...rowOf(tables, endpoint.id), endpoint }),
    findSecrets: async (id) => rowOf(tables, id).secrets,
    saveSecrets: async (id, secrets) => webhookEndpoints.put(id, { ...rowOf(tables, id), secrets }),
    remove: async (id) => webhookEndpoints.remove(id),
  };
}

export function enabledOf(tables: Tables): readonly WebhookEndpointRow[] {
  return [...rowsOf(tables.webhookEndpoints)].filter(({ endpoint }) => endpoint.disabledReason === null);
}

function rowOf(tables: Tables, id: WebhookEndpointId): WebhookEndpointRow {
  const row = tables.webhookEndpoints.get(id);
  invariant(row !== undefined, `there is no webhook endpoint ${id}`);
  return row;
}
