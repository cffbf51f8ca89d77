import type {
  EndpointWithSecrets,
  WebhookEndpointReads,
  WebhookEndpoints,
} from '@frontrow/application/ports/webhooks/webhook-endpoints.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { WebhookEndpoint, WebhookSecrets } from '@frontrow/domain/webhooks/endpoint.ts';
import type { Kysely, Selectable } from 'kysely';
import { fromInstant, rowClock, toInstant } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import type { Database } from '../schema/schema.ts';
import type { SecretBox } from './secret-box.ts';

type Row = Selectable<Database['webhook_endpoint']>;

export function createMysqlWebhookEndpointReads(db: Kysely<Database>, box: SecretBox): WebhookEndpointReads {
  return {
    async find(id) {
      const row = await db.selectFrom('webhook_endpoint').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toEndpoint(row);
    },
    async list(page) {
      const { cursor } = page;
      const rows = await db
        .selectFrom('webhook_endpoint')
        .selectAll()
        .$if(cursor !== null, (query) => query.where('id', '>', cursor))
        .orderBy('id')
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, ({ id }) => id, toEndpoint);
    },
    async listWantedTypes() {
      const rows = await db
        .selectFrom('webhook_endpoint')
        .select('event_types')
        .where('disabled_reason', 'is', null)
        .execute();
      return new Set(rows.flatMap(({ event_types: types }) => types));
    },
    async listEnabled() {
      const rows = await db
        .selectFrom('webhook_endpoint')
        .selectAll()
        .where('disabled_reason', 'is', null)
        .orderBy('id')
        .execute();
      return rows.map((row): EndpointWithSecrets => ({
        endpoint: toEndpoint(row),
        secrets: toSecrets(row, box),
      }));
    },
  };
}

export function createMysqlWebhookEndpoints(db: Kysely<Database>, box: SecretBox): WebhookEndpoints {
  return {
    async count() {
      const { count } = await db
        .selectFrom('webhook_endpoint')
        .select((eb) => eb.fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async add(endpoint, secrets) {
      await db
        .insertInto('webhook_endpoint')
        .values({
          id: endpoint.id,
          created_at: fromInstant(endpoint.createdAt),
          ...columnsOf(endpoint),
          ...secretColumnsOf(endpoint.id, secrets, box),
        })
        .execute();
    },
    async lock(id) {
      const row = await db
        .selectFrom('webhook_endpoint')
        .selectAll()
        .select(rowClock.as('as_of'))
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      return row === undefined ? null : { endpoint: toEndpoint(row), asOf: toInstant(row.as_of) };
    },
    async save(endpoint) {
      await db
        .updateTable('webhook_endpoint')
        .set(columnsOf(endpoint))
        .where('id', '=', endpoint.id)
        .execute();
    },
    async findSecrets(id) {
      const row = await db.selectFrom('webhook_endpoint').selectAll().where('id', '=', id).executeTakeFirst();
      invariant(row !== undefined, `there is no webhook endpoint ${id}`);
      return toSecrets(row, box);
    },
    async saveSecrets(id, secrets) {
      await db
        .updateTable('webhook_endpoint')
        .set(secretColumnsOf(id, secrets, box))
        .where('id', '=', id)
        .execute();
    },
    async remove(id) {
      await db.deleteFrom('webhook_endpoint').where('id', '=', id).execute();
    },
  };
}

function toEndpoint(row: Row): WebhookEndpoint {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since === null ? null : toInstant(row.failing_since),
    createdAt: toInstant(row.created_at),
  };
}

function columnsOf({ url, description, eventTypes, disabledReason, failingSince }: WebhookEndpoint) {
  return {
    url,
    description,
    event_types: JSON.stringify(eventTypes),
    disabled_reason: disabledReason,
    failing_since: failingSince === null ? null : fromInstant(failingSince),
  };
}

function toSecrets(row: Row, box: SecretBox): WebhookSecrets {
  const { id, secret, previous_secret: previous, previous_secret_until: until } = row;
  return {
    current: box.decrypt(secret, id),
    previous: previous === null ? null : box.decrypt(previous, id),
    previousUntil: until === null ? null : toInstant(until),
  };
}

function secretColumnsOf(id: string, { current, previous, previousUntil }: WebhookSecrets, box: SecretBox) {
  return {
    secret: box.encrypt(current, id),
    previous_secret: previous === null ? null : box.encrypt(previous, id),
    previous_secret_until: previousUntil === null ? null : fromInstant(previousUntil),
  };
}
