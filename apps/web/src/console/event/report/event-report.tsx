import { type Event, type SalesReport, answerOf, reportSales } from '@frontrow/client';
import { client } from '../../../shared/api.ts';
import { formatMoney, formatNumber, formatTime } from '../../../shared/i18n/formats.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Instant } from '../../components/instant.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useQuery } from '../../data/use-query.ts';
import { saveFile } from '../../components/save-file.ts';
import { CategoryTable } from './category-table.tsx';
import { HOURS_MAX, hourBars } from './chart-data.ts';
import { HourChart } from './hour-chart.tsx';
import { categoriesCsv, hoursCsv } from './report-csv.ts';
import '../seats/seats.css';
import '../../hall/hall.css';
import './report.css';

const POLL_MS = 10_000;

const HOUR_COLUMNS: readonly Column<SalesReport['byHour'][number]>[] = [
  { title: 'Hour', cell: ({ hour }) => <Instant at={hour} /> },
  { title: 'Payments', kind: 'number', cell: ({ payments }) => formatNumber(payments) },
  { title: 'Paid', kind: 'number', cell: ({ paid }) => formatMoney(paid) },
  { title: 'Refunded', kind: 'number', cell: ({ refunded }) => formatMoney(refunded) },
];

/** What a date has sold, by category and by hour. */
export function EventReport({ event }: { readonly event: Event }) {
  const report = useQuery(
    (signal) => answerOf(reportSales({ client, signal, path: { eventId: event.id } })),
    [event.id],
    { pollMs: POLL_MS },
  );
  return <Loaded query={report}>{(read) => <Report report={read} />}</Loaded>;
}

function Report({ report }: { readonly report: SalesReport }) {
  const { byHour, byCategory, eventId, asOf } = report;
  const bars = hourBars(byHour);
  const save = (name: string, csv: string) => () =>
    saveFile(`${name}-${eventId}.csv`, new Blob([csv], { type: 'text/csv' }));
  return (
    <div class="stack">
      <p class="muted small">All numbers are of {formatTime(asOf)}.</p>
      <section class="stack">
        <div class="section-head">
          <h2>{byCategory.length > 0 ? 'By category' : 'By price'}</h2>
          <SaveButton text="CSV by category" onClick={save('sales-by-category', categoriesCsv(report))} />
        </div>
        <CategoryTable {...report} />
      </section>
      <section class="stack">
        <div class="section-head">
          <h2>By hour</h2>
          <SaveButton text="CSV by hour" onClick={save('sales-by-hour', hoursCsv(byHour))} />
        </div>
        {bars.length > 0 && <HourChart bars={bars} />}
        {byHour.length > HOURS_MAX && (
          <p class="muted small">The chart shows the last {HOURS_MAX} hours; the table shows all.</p>
        )}
        <DataTable
          caption="Payments and refunds by hour"
          rows={byHour.toReversed()}
          rowKey={({ hour }) => hour}
          empty={<p>Nothing is paid yet.</p>}
          columns={HOUR_COLUMNS}
        />
      </section>
    </div>
  );
}

function SaveButton({ text, onClick }: { readonly text: string; readonly onClick: () => void }) {
  return (
    <button type="button" class="button button-quiet" onClick={onClick}>
      {text}
    </button>
  );
}
