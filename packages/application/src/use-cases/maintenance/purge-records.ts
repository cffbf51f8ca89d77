import type { Ports } from '../../ports/ports.ts';

/** Removes old idempotency keys and delivered outbox rows. Returns how many. */
export type PurgeRecords = () => Promise<number>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** Twice the 24 h that the API promises, so that a late retry still finds its answer. */
const IDEMPOTENCY_RETENTION_MS = 2 * DAY_MS;
const OUTBOX_RETENTION_MS = DAY_MS;
const PURGE_BATCH = 1_000;

type PurgeRecordsPorts = Pick<Ports, 'idempotencyPurge' | 'outboxReads'>;

export function createPurgeRecords({ idempotencyPurge, outboxReads }: PurgeRecordsPorts): PurgeRecords {
  return async () => {
    const keys = await inBatches((limit) => idempotencyPurge.purge(IDEMPOTENCY_RETENTION_MS, limit));
    const rows = await inBatches((limit) => outboxReads.purge(OUTBOX_RETENTION_MS, limit));
    return keys + rows;
  };
}

async function inBatches(purge: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (let removed = PURGE_BATCH; removed === PURGE_BATCH; total += removed) {
    removed = await purge(PURGE_BATCH);
  }
  return total;
}
