import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Subject, UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { Kysely } from 'kysely';
import { type UnitOptions, createUnitOfWork } from '../../connection/transact.ts';
import type { Database } from '../../schema/schema.ts';
import { routed } from './routed.ts';
import type { Sharding } from '../sharding.ts';
import { slotOf } from '../slot-of.ts';
import { aimBooking } from './booking.ts';
import { aimCatalog } from './catalog.ts';
import { aimPayments } from './payments.ts';
import { createRelayedOutbox } from './relayed-outbox.ts';
import { createSearched } from './searched.ts';
import { createSession } from './session.ts';
import { aimRoom } from './waiting-room.ts';
import { aimWebhooks } from './webhooks.ts';

/** The ports of a transaction. Before each statement it aims the session at the shard that has the rows. */
export function createShardedUnit(
  db: Kysely<Database>,
  options: UnitOptions,
  { locator, shards }: Sharding,
  subject: Subject | null,
): UnitOfWork {
  const session = createSession(db, locator, subject);
  const { to, toOwnSale, toStaff, toSubject } = session;
  const shardOf = (id: UserId) => shards.find('accounts', slotOf(id)).target;
  const unit = createUnitOfWork(db, options, {
    rowSlot: session.rowSlot,
    crossing: { to, toOwnSale, shardOf },
  });
  const searched = createSearched(session, locator);
  return {
    ...aimCatalog(unit, session),
    ...aimBooking(unit, session, searched),
    ...aimPayments(unit, session, searched, shardOf),
    ...aimRoom(unit, session, searched),
    ...aimWebhooks(unit, session),
    idempotency: routed(unit.idempotency, { claim: toSubject, complete: toSubject, abandon: toSubject }),
    outbox: createRelayedOutbox(db, unit.outbox, session, shards),
    auditLog: routed(unit.auditLog, { append: toStaff }),
  };
}
