import type { Ports } from '@frontrow/application/ports/ports.ts';
import type { Kysely } from 'kysely';
import { createMysqlCatalog } from './catalog.ts';
import { createMysqlIdempotencyPurge } from './idempotency.ts';
import { createMysqlInventoryReads } from './inventory.ts';
import { createMysqlOutboxReads } from './outbox.ts';
import { createMysqlPaymentReads } from './payments.ts';
import { createMysqlPolicyReads } from './policies.ts';
import { createMysqlQueueEndReads } from './queue-ends.ts';
import { createMysqlReservationReads } from './reservations.ts';
import { createMysqlRoomRecords } from './room-records.ts';
import type { Database } from './schema.ts';
import { createMysqlSeatReads } from './seat-reads.ts';
import type { SeatHoldStrategy } from './seats/hold-strategies.ts';
import { createMysqlTransact } from './transact.ts';
import { createMysqlWalletReads } from './wallets.ts';

/** The ports that the database stands behind. */
export type MysqlPorts = Pick<
  Ports,
  | 'transact'
  | 'catalog'
  | 'policies'
  | 'seatReads'
  | 'reservationReads'
  | 'walletReads'
  | 'paymentReads'
  | 'queueEndReads'
  | 'idempotencyPurge'
  | 'outboxReads'
  | 'inventoryReads'
  | 'roomRecords'
>;

export function createMysqlPorts(
  db: Kysely<Database>,
  { seatHoldStrategy }: { readonly seatHoldStrategy: SeatHoldStrategy },
): MysqlPorts {
  return {
    transact: createMysqlTransact(db, seatHoldStrategy),
    catalog: createMysqlCatalog(db),
    policies: createMysqlPolicyReads(db),
    seatReads: createMysqlSeatReads(db),
    reservationReads: createMysqlReservationReads(db),
    walletReads: createMysqlWalletReads(db),
    paymentReads: createMysqlPaymentReads(db),
    queueEndReads: createMysqlQueueEndReads(db),
    idempotencyPurge: createMysqlIdempotencyPurge(db),
    outboxReads: createMysqlOutboxReads(db),
    inventoryReads: createMysqlInventoryReads(db),
    roomRecords: createMysqlRoomRecords(db),
  };
}
