import { TICKET_TTL_MS } from '@frontrow/domain/shared/limits.ts';
import type { Ports } from '../../ports/ports.ts';

/**
 * Removes old idempotency keys, delivered outbox rows, ends that no ticket can contradict, failed payments, and webhook
 * messages with their deliveries. Returns how many.
 */
export type PurgeRecords = () => Promise<number>;

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Twice the 24 h that the API promises, so that a late retry still finds its answer. */
const IDEMPOTENCY_RETENTION_MS = 2 * DAY_MS;
const OUTBOX_RETENTION_MS = DAY_MS;
/** Every ticket of the place is over by then. The clocks of Redis and the database may differ by the hour. */
const QUEUE_END_RETENTION_MS = TICKET_TTL_MS + HOUR_MS;
/** How far back webhook messages can be replayed. */
const WEBHOOK_RETENTION_MS = 30 * DAY_MS;
const FAILED_PAYMENT_RETENTION_MS = 30 * DAY_MS;
const PURGE_BATCH = 1_000;

type PurgeRecordsPorts = Pick<
  Ports,
  'idempotencyPurge' | 'outboxReads' | 'queueEndPurge' | 'failedPaymentPurge' | 'webhookDeliveryReads'
>;

export function createPurgeRecords(ports: PurgeRecordsPorts): PurgeRecords {
  const { idempotencyPurge, outboxReads, queueEndPurge, failedPaymentPurge, webhookDeliveryReads } = ports;
  return async () => {
    const keys = await inBatches((limit) => idempotencyPurge.purge(IDEMPOTENCY_RETENTION_MS, limit));
    const rows = await inBatches((limit) => outboxReads.purge(OUTBOX_RETENTION_MS, limit));
    const ends = await inBatches((limit) => queueEndPurge.purge(QUEUE_END_RETENTION_MS, limit));
    const failures = await inBatches((limit) => failedPaymentPurge.purge(FAILED_PAYMENT_RETENTION_MS, limit));
    const webhooks = await inBatches((limit) => webhookDeliveryReads.purge(WEBHOOK_RETENTION_MS, limit));
    return keys + rows + ends + failures + webhooks;
  };
}

async function inBatches(purge: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (let removed = PURGE_BATCH; removed === PURGE_BATCH; total += removed) {
    removed = await purge(PURGE_BATCH);
  }
  return total;
}
