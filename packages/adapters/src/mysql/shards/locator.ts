import { readSlot } from '@frontrow/application/shared/slots.ts';
import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import { runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { onTarget } from './aims.ts';
import type { ShardMap } from './shard-map.ts';
import { slotOf } from './slot-of.ts';

const KNOWN_MAX = 100_000;

type ById = 'concert_event' | 'reservation' | 'payment' | 'failed_payment' | 'sale_code';

/** Finds the slots of rows. A row never changes its concert, so what is found stays true. */
export type Locator = {
  /** 0 for an unknown event: the shard that has the slot lacks it as well. */
  ofEvent(id: EventId): Promise<number>;
  /** Of an event that a transaction adds. */
  learnEvent(id: EventId, concertId: ConcertId): void;
  /** The slot that the id names, unless a search has found the row elsewhere. */
  ofId(id: string): number;
  /** Asks the shard that the id names, and then the others, for a row. Null where there is none. */
  search(table: ById, id: string): Promise<number | null>;
};

/** `db` must not be that of the transactions, which wait for a search. */
export function createLocator(db: Kysely<Database>, shards: ShardMap): Locator {
  const events = new LRUCache<EventId, number>({ max: KNOWN_MAX });
  const elsewhere = new LRUCache<string, number>({ max: KNOWN_MAX });

  async function search(table: ById, id: string): Promise<number | null> {
    const named = readSlot(id);
    const all = await shards.list('sales');
    const likely = named === null ? [] : [shards.find('sales', named)];
    for (const target of new Set([...likely, ...all].map((shard) => shard.target))) {
      const { rows } = await onTarget(db, target, (session) =>
        runSql<{ concert_id: ConcertId }>(session, FIND[table], [id]),
      );
      if (rows[0] !== undefined) return slotOf(rows[0].concert_id);
    }
    return null;
  }

  return {
    async ofEvent(id) {
      const known = events.get(id);
      if (known !== undefined) return known;
      const found = await search('concert_event', id);
      if (found !== null) events.set(id, found);
      return found ?? 0;
    },
    learnEvent: (id, concertId) => void events.set(id, slotOf(concertId)),
    ofId: (id) => elsewhere.get(id) ?? readSlot(id) ?? 0,
    async search(table, id) {
      const found = await search(table, id);
      if (found !== null) elsewhere.set(id, found);
      return found;
    },
  };
}

/** Rows from before version 0.7 may lack their concert, so it is read from the reservation. */
const FIND: Readonly<Record<ById, string>> = {
  concert_event: 'select concert_id from concert_event where id = ?',
  reservation: 'select concert_id from reservation where id = ?',
  payment: 'select r.concert_id from payment p join reservation r on r.id = p.reservation_id where p.id = ?',
  failed_payment:
    'select r.concert_id from failed_payment f join reservation r on r.id = f.reservation_id where f.id = ?',
  sale_code: 'select concert_id from sale_code where id = ?',
};
