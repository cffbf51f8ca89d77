import type {
  AuditEntry,
  AuditFilter,
  AuditLog,
  AuditLogReads,
} from '@frontrow/application/ports/shared/audit-log.ts';
import type { IdGenerator } from '@frontrow/application/ports/shared/id-generator.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { rowsOf } from '../store/table.ts';

export function createMemoryAuditLog({ tables, clock }: MemoryView, ids: IdGenerator): AuditLog {
  return {
    async append({ by, target, before, after, reason = null }) {
      const id = ids.next();
      tables.auditLog.insert(id, { ...by, id, target, before, after, reason, at: clock.now() });
    },
  };
}

export function createMemoryAuditLogReads({ tables }: Pick<MemoryView, 'tables'>): AuditLogReads {
  return {
    async list(filter, page) {
      const matching = [...rowsOf(tables.auditLog)].filter((entry) => matches(entry, filter));
      return paginateById(matching, page, 'NEWEST_FIRST');
    },
  };
}

function matches(entry: AuditEntry, { actor, target, from, until }: AuditFilter): boolean {
  return (
    (actor === null || entry.actor === actor) &&
    (target === null || entry.target === target) &&
    (from === null || entry.at >= from) &&
    (until === null || entry.at < until)
  );
}
