import type { AuditEntry } from '@frontrow/client';
import { useComputed, useSignal } from '@preact/signals';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Instant } from '../components/instant.tsx';
import { actText } from './act-text.ts';
import { auditHref } from './audit-filter.ts';
import { DifferenceTable } from './difference-table.tsx';
import { differencesOf } from './difference.ts';
import './audit.css';

export function AuditEntries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <DataTable
      caption="Entries of the audit log"
      columns={COLUMNS}
      rows={entries}
      rowKey={({ id }) => id}
      empty={
        <>
          <p>No entry matches.</p>
          <a href={auditHref({})}>Show all entries</a>
        </>
      }
    />
  );
}

const COLUMNS: readonly Column<AuditEntry>[] = [
  { title: 'Time', cell: ({ at }) => <Instant at={at} /> },
  { title: 'Who', cell: ({ actor }) => <a href={auditHref({ actor })}>{actor}</a> },
  { title: 'Act', cell: ({ route }) => <span title={route}>{actText(route)}</span> },
  {
    title: 'What',
    cell: ({ target }) => (
      <a class="audit-target" href={auditHref({ target })}>
        {target}
      </a>
    ),
  },
  { title: 'Reason', cell: ({ reason }) => reason ?? '–' },
  { title: 'Change', cell: (entry) => <Change entry={entry} /> },
];

/** What the act changed; it is compared only when somebody opens it, because a layout may have 50,000 seats. */
function Change({ entry: { before, after } }: { readonly entry: AuditEntry }) {
  const isOpen = useSignal(false);
  const differences = useComputed(() => (isOpen.value ? differencesOf(before, after) : []));
  if (before === null && after === null) return <>–</>;
  return (
    <details
      class="audit-change"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{wordOf(before, after)}</summary>
      {isOpen.value && (
        <DifferenceTable
          caption="What the act changed"
          differences={differences.value.flatMap(({ path, ...values }) =>
            path === '' ? membersOf(values.before, values.after) : [{ path, ...values }],
          )}
        />
      )}
    </details>
  );
}

function wordOf(before: unknown, after: unknown): string {
  if (before === null) return 'Created';
  return after === null ? 'Removed' : 'Changed';
}

/** The members of what was created or removed, each in a line of its own. */
function membersOf(before: unknown, after: unknown) {
  if (!isWhole(before) || !isWhole(after)) return [{ path: '', before, after }];
  return differencesOf(before ?? {}, after ?? {});
}

function isWhole(value: unknown): boolean {
  return value === null || typeof value === 'object';
}
