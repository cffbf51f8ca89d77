import type { Outbox, OutboxMessage } from '@frontrow/application/ports/shared/outbox.ts';
import { STAFF, targetOf } from './aims.ts';
import type { Session } from './session.ts';
import type { ShardMap } from './shard-map.ts';

/** Of the messages of staff, which are on no shard. */
const STAFF_PLACE = 256;
const PLACES = 1_024n;

/** The place that the next relay begins with, so that a busy shard does not keep the others waiting. */
let turn = 0;

/** An entry's id is unique on its shard, so the place of the shard is a part of it here. */
export function createRelayedOutbox(
  outbox: Outbox,
  { to, toConcert, toOwnSale }: Session,
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

  return {
    async append(messages) {
      const concertId = messages.map(concertOf).find((id) => id !== null) ?? null;
      if (concertId !== null) await toConcert(concertId);
      await toOwnSale();
      await outbox.append(messages);
    },
    async take(limit) {
      const places = [...(await shards.firstSlots('sales')), STAFF_PLACE];
      for (let tried = 0; tried < places.length; tried += 1) {
        const place = places[(turn += 1) % places.length]!;
        await toPlace(place);
        const entries = await outbox.take(limit);
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

function concertOf(message: OutboxMessage): string | null {
  return message.kind === 'WEBHOOK' ? null : message.concertId;
}
