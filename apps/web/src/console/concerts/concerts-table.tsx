import type { Concert } from '@frontrow/client';
import { useComputed, useSignal } from '@preact/signals';
import { formatNumber } from '../../shared/i18n/formats.ts';
import { StoppedBadge, VisibilityBadge } from '../components/concert-badges.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { SelectField, TextField } from '../components/fields.tsx';
import type { AllConcerts } from './all-concerts.ts';
import { type Visibility, findConcerts } from './find-concerts.ts';

/** More rows than this are shown on demand. */
const SHOWN_AT_FIRST = 50;

const COLUMNS: readonly Column<Concert>[] = [
  { title: 'Concert', cell: ({ id, title }) => <a href={`/console/concerts/${id}`}>{title}</a> },
  { title: 'Artist', cell: ({ artist }) => artist },
  { title: 'Visibility', cell: ({ visibility }) => <VisibilityBadge visibility={visibility} /> },
  {
    title: 'Sales',
    cell: ({ salesState }) =>
      salesState === 'RUNNING' ? 'Running' : <StoppedBadge salesState={salesState} />,
  },
];

const VISIBILITIES = { '': 'All', DRAFT: 'Draft', PUBLISHED: 'Published', ARCHIVED: 'Archived' };

/** The concerts that a search finds. */
export function ConcertsTable({ concerts, isWhole }: AllConcerts) {
  const words = useSignal('');
  const visibility = useSignal<Visibility | ''>('');
  const shownMax = useSignal(SHOWN_AT_FIRST);
  const found = useComputed(() => findConcerts(concerts, words.value, visibility.value));
  const shown = found.value.slice(0, shownMax.value);
  return (
    <div class="stack">
      <div class="filters">
        <TextField label="Search" type="search" value={words} placeholder="Title or artist" />
        <SelectField label="Visibility" value={visibility} options={VISIBILITIES} />
      </div>
      {!isWhole && (
        <p class="muted small">Only the oldest {formatNumber(concerts.length)} concerts are searched.</p>
      )}
      <DataTable
        caption="Concerts, newest first"
        columns={COLUMNS}
        rows={shown}
        rowKey={({ id }) => id}
        empty={concerts.length === 0 ? 'There is no concert yet.' : 'No concert matches the search.'}
      />
      <div class="row row-spread">
        <span class="muted small numbers" role="status">
          {found.value.length === 1 ? '1 concert' : `${formatNumber(found.value.length)} concerts`}
        </span>
        {found.value.length > shown.length && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              shownMax.value += SHOWN_AT_FIRST;
            }}
          >
            Show more
          </button>
        )}
      </div>
    </div>
  );
}
