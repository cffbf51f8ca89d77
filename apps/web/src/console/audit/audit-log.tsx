import { type AuditEntry, answerOf, listAuditLog } from '@frontrow/client';
import { useLocation } from 'preact-iso/router';
import { client } from '../../shared/api.ts';
import { LoadMore } from '../components/load-more.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { withoutEmpty } from '../data/address-filter.ts';
import { usePages } from '../data/use-query.ts';
import { AuditEntries } from './audit-entries.tsx';
import { AuditFilterForm } from './audit-filter-form.tsx';
import { auditHref, readAuditFilter } from './audit-filter.ts';

const PAGE_LIMIT = 50;

/** Who has changed what, and how it was before. */
export default function AuditLog() {
  const { query, route } = useLocation();
  const filter = readAuditFilter(query);
  const entries = usePages<AuditEntry>(
    (cursor, signal) =>
      answerOf(
        listAuditLog({
          client,
          signal,
          query: {
            ...withoutEmpty(filter),
            limit: PAGE_LIMIT,
            ...(cursor === undefined ? {} : { cursor }),
          },
        }),
      ),
    [JSON.stringify(filter)],
  );
  return (
    <div class="stack">
      <PageHead
        title="Audit log"
        lead="Every act of staff, newest first. Nobody can change or remove an entry."
      />
      <AuditFilterForm
        key={JSON.stringify(filter)}
        filter={filter}
        onApply={(changed) => route(auditHref(changed))}
      />
      <Loaded query={entries}>{(items) => <AuditEntries entries={items} />}</Loaded>
      <LoadMore pages={entries} noun="entries" />
    </div>
  );
}
