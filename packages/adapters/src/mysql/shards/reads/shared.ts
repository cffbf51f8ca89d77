import { sumOf } from '../every-shard.ts';
import type { Reader, Reads } from './reader.ts';

type SharedReads = Pick<Reads, 'idempotencyPurge' | 'outboxReads' | 'auditLogReads'>;

export function createShardedSharedReads({ inStaff, inAll }: Reader): SharedReads {
  return {
    idempotencyPurge: {
      purge: (...args) => sumOf(inAll(({ idempotencyPurge }) => idempotencyPurge.purge(...args))),
    },
    outboxReads: {
      async oldestAgeMs() {
        return Math.max(...(await inAll(({ outboxReads }) => outboxReads.oldestAgeMs())));
      },
      purge: (...args) => sumOf(inAll(({ outboxReads }) => outboxReads.purge(...args))),
    },
    auditLogReads: { list: (...args) => inStaff(({ auditLogReads }) => auditLogReads.list(...args)) },
  };
}
