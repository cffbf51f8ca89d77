import type { Kysely } from 'kysely';
import { type UnitOptions, createMysqlTransact } from '../connection/transact.ts';
import type { MysqlPorts } from '../mysql-ports.ts';
import type { Database } from '../schema/schema.ts';
import { createShardedBookingReads } from './reads/booking.ts';
import { createShardedCatalogReads } from './reads/catalog.ts';
import { createShardedPaymentReads } from './reads/payments.ts';
import { type Reads, createReader } from './reads/reader.ts';
import { createShardedSharedReads } from './reads/shared.ts';
import { createShardedRoomReads } from './reads/waiting-room.ts';
import { createShardedWebhookReads } from './reads/webhooks.ts';
import type { Sharding } from './sharding.ts';
import { createShardedUnit } from './unit/unit.ts';

/** The ports on shards. Each read goes to the one shard that has its rows, or to every shard, and answers are merged. */
export function createShardedPorts(
  db: Kysely<Database>,
  options: UnitOptions,
  sharding: Sharding,
): MysqlPorts {
  return {
    ...createShardedReads(db, options, sharding),
    transact: createMysqlTransact(db, (transaction, subject) =>
      createShardedUnit(transaction, options, sharding, subject),
    ),
  };
}

export function createShardedReads(
  db: Kysely<Database>,
  { secretBox }: Pick<UnitOptions, 'secretBox'>,
  sharding: Sharding,
): Reads {
  const reader = createReader(db, secretBox, sharding);
  return {
    ...createShardedCatalogReads(reader),
    ...createShardedBookingReads(reader, sharding),
    ...createShardedPaymentReads(reader),
    ...createShardedRoomReads(reader),
    ...createShardedWebhookReads(reader),
    ...createShardedSharedReads(reader),
  };
}
