import type { AuditEntry, AuditFilter } from '../../ports/shared/audit-log.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';

export type ListAuditLog = (filter: AuditFilter, page: PageRequest) => Promise<Page<AuditEntry>>;

export function createListAuditLog({ auditLogReads }: Pick<Ports, 'auditLogReads'>): ListAuditLog {
  return (filter, page) => auditLogReads.list(filter, page);
}
