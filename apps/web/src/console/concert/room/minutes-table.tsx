import { formatNumber, formatTime } from '../../../shared/i18n/formats.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { type History, minutesOf } from './history.ts';
import { rateText } from './room-numbers.tsx';

type Minute = ReturnType<typeof minutesOf>[number];

const COLUMNS: readonly Column<Minute>[] = [
  { title: 'Time', cell: ({ at }) => formatTime(at) },
  { title: 'Waiting', kind: 'number', cell: ({ waiting }) => formatNumber(waiting) },
  { title: 'Admitted in all', kind: 'number', cell: ({ admittedTotal }) => formatNumber(admittedTotal) },
  { title: 'Active', kind: 'number', cell: ({ active }) => formatNumber(active) },
  { title: 'Parked', kind: 'number', cell: ({ parked }) => formatNumber(parked) },
  {
    title: 'Admitted per second',
    kind: 'number',
    cell: ({ rate }) => (rate === null ? '–' : rateText(rate)),
  },
];

/** The charts as a table, a row for each minute. */
export function MinutesTable({ history }: { readonly history: History }) {
  return (
    <details>
      <summary>The charts as a table</summary>
      <DataTable
        caption="The room minute by minute, newest first"
        columns={COLUMNS}
        rows={minutesOf(history)}
        rowKey={({ at }) => String(at)}
        empty="Nothing is known yet."
      />
    </details>
  );
}
