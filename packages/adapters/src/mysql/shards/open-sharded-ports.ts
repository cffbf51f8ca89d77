import type { Ports } from '@frontrow/application/ports/ports.ts';
import { readSlot } from '@frontrow/application/shared/slots.ts';
import type { Mysql } from '../connection/open-mysql.ts';
import type { MysqlPorts, MysqlPortsOptions } from '../mysql-ports.ts';
import { createSecretBox } from '../webhooks/secret-box.ts';
import { createLocator } from './locator.ts';
import { readShardMap } from './shard-map.ts';
import { slotOf } from './slot-of.ts';
import { createShardedPorts, createShardedReads } from './sharded-ports.ts';

/** The ports of an installation behind vtgate. Coalesced reads and searches wait for no transaction. */
export async function openShardedPorts(
  mysql: Mysql,
  { seatHoldStrategy, webhookSecretKeys = [] }: MysqlPortsOptions,
): Promise<MysqlPorts & Pick<Ports, 'lineOf'>> {
  const options = { seatHoldStrategy, secretBox: createSecretBox(webhookSecretKeys) };
  const shards = await readShardMap(mysql.coalescedDb);
  const sharding = { shards, locator: createLocator(mysql.coalescedDb, shards) };
  const { seatReads } = createShardedReads(mysql.coalescedDb, options, sharding);
  return {
    ...createShardedPorts(mysql.db, options, sharding),
    seatReads,
    // A payment is on two shards. The slot of a reservation is also that of the payment's idempotency key.
    lineOf: ({ userId, reservationId }) =>
      reservationId === undefined
        ? `${slotOf(userId)}`
        : `${readSlot(reservationId)} ${shards.find('accounts', slotOf(userId)).target}`,
  };
}
