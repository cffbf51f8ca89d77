import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { Kysely } from 'kysely';
import { type MysqlPorts, createMysqlReads } from '../../mysql-ports.ts';
import type { Database } from '../../schema/schema.ts';
import type { SecretBox } from '../../webhooks/secret-box.ts';
import { type Keyspace, STAFF, onTarget, targetOf } from '../aims.ts';
import type { Sharding } from '../sharding.ts';
import { slotOf } from '../slot-of.ts';

export type Reads = Omit<MysqlPorts, 'transact'>;
type Work<T> = (reads: Reads) => Promise<T>;

/** Runs reads on the shard that has their rows, each with the ports of that shard. */
export type Reader = ReturnType<typeof createReader>;

export function createReader(db: Kysely<Database>, secretBox: SecretBox, { locator, shards }: Sharding) {
  const at = <T>(target: string, work: Work<T>) =>
    onTarget(db, target, (session) => work(createMysqlReads(session, secretBox)));
  const inStaff = <T>(work: Work<T>) => at(STAFF, work);
  const inSale = <T>(slot: number, work: Work<T>) => at(targetOf('sales', slot), work);

  async function everywhere<T>(keyspace: Keyspace, work: Work<T>): Promise<readonly T[]> {
    const all = await shards.list(keyspace);
    return Promise.all(all.map(({ target }) => at(target, work)));
  }

  return {
    at,
    inStaff,
    inSale,
    everywhere,
    inConcert: <T>(id: string, work: Work<T>) => inSale(slotOf(id), work),
    inEvent: async <T>(id: EventId, work: Work<T>) => inSale(await locator.ofEvent(id), work),
    /** By the id of a reservation, which may name no slot. */
    inReservation: async <T>(id: string, work: Work<T>) =>
      inSale((await locator.search('reservation', id)) ?? locator.ofId(id), work),
    ofUser: <T>(id: string, work: Work<T>) => at(targetOf('accounts', slotOf(id)), work),
    /** Of the tables that each keyspace has. */
    inAll: async <T>(work: Work<T>): Promise<readonly T[]> => [
      await inStaff(work),
      ...(await everywhere('sales', work)),
      ...(await everywhere('accounts', work)),
    ],
    /** By an id that names its slot, or else by a search. */
    byId: async <T>(
      table: 'reservation' | 'payment' | 'failed_payment',
      id: string,
      work: Work<T | null>,
    ): Promise<T | null> => {
      const found = await inSale(locator.ofId(id), work);
      if (found !== null) return found;
      const slot = await locator.search(table, id);
      return slot === null ? null : inSale(slot, work);
    },
  };
}
