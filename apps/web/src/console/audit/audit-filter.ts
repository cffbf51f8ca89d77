import { type AddressFilter, filteredHref, instantOrNone, readFilter } from '../data/address-filter.ts';

const NAMES = ['actor', 'target', 'from', 'until'] as const;

/** The filters of the audit log. `target` is a kind and an id, such as `event/01KB…`; `from` and `until` are ISO 8601. */
export type AuditFilter = AddressFilter<(typeof NAMES)[number]>;

export const ANY_ENTRY: AuditFilter = { actor: '', target: '', from: '', until: '' };

export function readAuditFilter(query: Readonly<Record<string, string | undefined>>): AuditFilter {
  const read = readFilter(NAMES, query);
  return { ...read, from: instantOrNone(read.from), until: instantOrNone(read.until) };
}

export function auditHref(filter: Partial<AuditFilter>): string {
  return filteredHref('/console/audit', filter);
}
