import { setTimeout as delay } from 'node:timers/promises';
import type { Subject, Transact, UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { ControlledTransaction, Kysely } from 'kysely';
import { createMysqlAuditLog } from '../shared/audit-log.ts';
import { createMysqlBlockedSeats } from '../halls/blocked-seats.ts';
import { createMysqlCancellations } from '../catalog/cancellations.ts';
import { createMysqlConcerts } from '../catalog/concerts.ts';
import { createMysqlGateCheckIns } from '../booking/gate-check-ins.ts';
import { createMysqlFailedPayments } from '../payments/failed-payments.ts';
import { isDeadlock } from './faults.ts';
import { createMysqlIdempotency } from '../shared/idempotency.ts';
import { createMysqlLayouts } from '../halls/layouts.ts';
import { createMysqlLayoutTemplates } from '../halls/layout-templates.ts';
import { type Crossing } from '../payments/lock-for-payment.ts';
import { NO_SLOT, type RowSlot } from '../shared/row-slot.ts';
import { createMysqlOutbox } from '../shared/outbox.ts';
import { createMysqlPayments } from '../payments/payments.ts';
import { createMysqlQueueEnds } from '../waiting-room/queue-ends.ts';
import { createMysqlRefunds } from '../payments/refunds.ts';
import { createMysqlReservations } from '../booking/reservations.ts';
import type { Database } from '../schema/schema.ts';
import { createMysqlSaleCodes } from '../waiting-room/sale-codes.ts';
import { createMysqlSeats } from '../booking/seats.ts';
import { createMysqlSellOuts } from '../waiting-room/sell-outs.ts';
import type { SeatHoldStrategy } from '../booking/hold-strategies/hold-strategies.ts';
import { createMysqlWallets } from '../payments/wallets.ts';
import type { SecretBox } from '../webhooks/secret-box.ts';
import { createMysqlWebhookDeliveries } from '../webhooks/webhook-deliveries.ts';
import { createMysqlWebhookEndpoints } from '../webhooks/webhook-endpoints.ts';

/** What a transaction over several shards adds. */
type UnitOnShards = { readonly rowSlot: RowSlot; readonly crossing: Crossing | null };
export type CreateUnit = (transaction: Kysely<Database>, subject: Subject | null) => UnitOfWork;
export type UnitOptions = { readonly seatHoldStrategy: SeatHoldStrategy; readonly secretBox: SecretBox };

/** The longest delay before each rerun. Each delay is a random part of it, so that the same deadlock is unlikely. */
const BACKOFFS_MAX_MS = [25, 75, 225];

/**
 * Transactions are READ COMMITTED: the gap locks of REPEATABLE READ would make unrelated transactions deadlock, and every
 * decision here is on a locked row or is checked by its write. A commit whose connection is lost throws `Unavailable`: its
 * outcome is unknown, and the idempotency key makes a retry safe.
 */
export function createMysqlTransact(db: Kysely<Database>, createUnit: CreateUnit): Transact {
  return async (work, subject) => {
    const run = () => runOnce(db, (transaction) => work(createUnit(transaction, subject ?? null)));
    for (const backoffMaxMs of BACKOFFS_MAX_MS) {
      try {
        return await run();
      } catch (error) {
        if (!isDeadlock(error)) throw error;
        await delay(backoffMaxMs * Math.random());
      }
    }
    return run();
  };
}

async function runOnce<R extends Result<unknown, unknown>>(
  db: Kysely<Database>,
  work: (transaction: Kysely<Database>) => Promise<R>,
): Promise<R> {
  const transaction = await db.startTransaction().execute();
  try {
    const result = await work(transaction);
    if (result.ok) await transaction.commit().execute();
    return result;
  } finally {
    if (!transaction.isCommitted) await rollBack(transaction);
  }
}

/** When this fails, the connection is lost, and the server rolls back. */
async function rollBack(transaction: ControlledTransaction<Database>): Promise<void> {
  await transaction
    .rollback()
    .execute()
    .catch(() => {});
}

export function createUnitOfWork(
  db: Kysely<Database>,
  { seatHoldStrategy, secretBox }: UnitOptions,
  { rowSlot, crossing }: UnitOnShards = { rowSlot: NO_SLOT, crossing: null },
): UnitOfWork {
  return {
    concerts: createMysqlConcerts(db),
    layoutTemplates: createMysqlLayoutTemplates(db),
    layouts: createMysqlLayouts(db),
    blockedSeats: createMysqlBlockedSeats(db),
    seats: createMysqlSeats(db, seatHoldStrategy),
    cancellations: createMysqlCancellations(db),
    reservations: createMysqlReservations(db),
    gateCheckIns: createMysqlGateCheckIns(db),
    wallets: createMysqlWallets(db),
    payments: createMysqlPayments(db, crossing),
    failedPayments: createMysqlFailedPayments(db),
    refunds: createMysqlRefunds(db, crossing),
    queueEnds: createMysqlQueueEnds(db),
    sellOuts: createMysqlSellOuts(db),
    saleCodes: createMysqlSaleCodes(db),
    idempotency: createMysqlIdempotency(db, rowSlot),
    outbox: createMysqlOutbox(db, rowSlot),
    auditLog: createMysqlAuditLog(db),
    webhookEndpoints: createMysqlWebhookEndpoints(db, secretBox),
    webhookDeliveries: createMysqlWebhookDeliveries(db),
  };
}
