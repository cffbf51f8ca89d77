import type { Outbox, OutboxEntry, OutboxMessage } from '@frontrow/application/ports/shared/outbox.ts';
import type { Kysely } from 'kysely';
import { deferSql, runSql } from '../../connection/run-sql.ts';
import type { Database } from '../../schema/schema.ts';
import { STAFF, targetOf } from '../aims.ts';
import type { Session } from './session.ts';
import type { ShardMap } from '../shard-map.ts';

/** Of the messages of staff, which are on no shard. */
const STAFF_PLACE = 256;
const PLACES = 1_024n;

/** The place that the next relay begins with, so that a busy shard does not keep the others waiting. */
let turn = 0;

/**
 * An entry's id is unique on its shard, so the place of the shard is a part of it here. Deliveries of webhooks are with
 * staff, and their messages on a shard, so that a claim of deliveries cannot see which messages are yet to come: the relay
 * stores the messages of each shard in their order instead.
 */
export function createRelayedOutbox(
  db: Kysely<Database>,
  outbox: Outbox,
  { to, toStaff, toConcert, toOwnSale }: Session,
  shards: ShardMap,
): Outbox {
  async function toPlace(place: number): Promise<void> {
    await to(place === STAFF_PLACE ? STAFF : targetOf('sales', place));
  }

  async function atEachPlace(ids: readonly string[], work: (own: string[]) => Promise<void>): Promise<void> {
    for (const [place, own] of Map.groupBy(ids, (id) => Number(BigInt(id) % PLACES))) {
      await toPlace(place);
      await work(own.map((id) => String(BigInt(id) / PLACES)));
    }
  }

  /** Without webhook messages after one that another relay has taken, or that has to wait. */
  async function inOrder(entries: readonly OutboxEntry[]): Promise<readonly OutboxEntry[]> {
    if (!entries.some(isWebhook)) return entries;
    const { rows } = await runSql<{ id: string }>(db, FIND_FIRST_LEFT, [entries.map(({ id }) => id)]);
    const left = rows[0] === undefined ? null : BigInt(rows[0].id);
    return entries.filter((entry) => !isWebhook(entry) || left === null || BigInt(entry.id) < left);
  }

  return {
    async append(messages) {
      const concertId = messages.map(concertOf).find((id) => id !== null) ?? null;
      if (concertId !== null) await toConcert(concertId);
      await toOwnSale();
      await outbox.append(messages);
    },
    async take(limit) {
      // What a transaction has touched first commits first: no message is delivered before its deliveries are there.
      await toStaff();
      await deferSql(db, TOUCH_STAFF, []);
      const places = [...(await shards.list('sales')).map(({ first }) => first), STAFF_PLACE];
      for (let tried = 0; tried < places.length; tried += 1) {
        const place = places[(turn += 1) % places.length]!;
        await toPlace(place);
        const entries = await inOrder(await outbox.take(limit));
        if (entries.length > 0)
          return entries.map(({ id, message }) => ({
            id: String(BigInt(id) * PLACES + BigInt(place)),
            message,
          }));
      }
      return [];
    },
    markDelivered: (ids) => atEachPlace(ids, (own) => outbox.markDelivered(own)),
    postpone: (ids, delayMs) => atEachPlace(ids, (own) => outbox.postpone(own, delayMs)),
  };
}

const TOUCH_STAFF = 'select id from webhook_endpoint limit 1';

const FIND_FIRST_LEFT = `select id from outbox force index (outbox_by_delivery)
  where delivered_at is null and kind = 'WEBHOOK' and id not in (?) order by id limit 1`;

function isWebhook({ message }: OutboxEntry): boolean {
  return message.kind === 'WEBHOOK';
}

function concertOf(message: OutboxMessage): string | null {
  return message.kind === 'WEBHOOK' ? null : message.concertId;
}
