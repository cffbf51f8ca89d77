import type { LayoutTemplate } from '@frontrow/client';
import { formatNumber } from '../../shared/i18n/formats.ts';
import { Allowed } from '../components/allowed.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Instant } from '../components/instant.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { usePages } from '../data/use-query.ts';
import { readTemplates } from './read-templates.ts';

export function Templates() {
  const templates = usePages(readTemplates, []);
  return (
    <div class="stack">
      <PageHead
        title="Layout templates"
        lead="Halls that are kept for many dates. A date copies its template."
      >
        <Allowed scope="sales:write">
          <a class="button" href="/console/layouts/new">
            Add a template
          </a>
        </Allowed>
      </PageHead>
      <Loaded query={templates}>
        {(items) => (
          <DataTable
            caption="Layout templates"
            columns={COLUMNS}
            rows={items}
            rowKey={({ id }) => id}
            empty={<p>There is no template yet. Add one from JSON, CSV or a date.</p>}
          />
        )}
      </Loaded>
      <LoadMore pages={templates} noun="templates" />
    </div>
  );
}

const COLUMNS: readonly Column<LayoutTemplate>[] = [
  { title: 'Name', cell: ({ id, name }) => <a href={`/console/layouts/${id}`}>{name}</a> },
  { title: 'Seats', kind: 'number', cell: ({ seatCount }) => formatNumber(seatCount) },
  { title: 'Created', cell: ({ createdAt }) => <Instant at={createdAt} /> },
  { title: 'Changed', cell: ({ updatedAt }) => <Instant at={updatedAt} /> },
];
