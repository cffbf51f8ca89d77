import { type Event, answerOf, listAdminEvents } from '@frontrow/client';
import { client } from '../../../shared/api.ts';
import { formatMoney, formatNumber } from '../../../shared/i18n/formats.ts';
import { Allowed } from '../../components/allowed.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Instant } from '../../components/instant.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Badge } from '../../components/badges.tsx';
import { usePages } from '../../data/use-query.ts';

const PAGE_LENGTH = 50;

const COLUMNS: readonly Column<Event>[] = [
  {
    title: 'Starts',
    cell: ({ id, startsAt, timeZone }) => (
      <a href={`/console/events/${id}`}>
        <Instant at={startsAt} timeZone={timeZone} />
      </a>
    ),
  },
  { title: 'Venue', cell: ({ venue }) => venue },
  { title: 'On sale from', cell: ({ reservationStartAt }) => <Instant at={reservationStartAt} /> },
  { title: 'Until', cell: ({ reservationEndAt }) => <Instant at={reservationEndAt} /> },
  { title: 'Seats', kind: 'number', cell: ({ seatCount }) => formatNumber(seatCount) },
  { title: 'Price from', kind: 'number', cell: ({ price }) => formatMoney(price) },
  { title: 'Sales', cell: ({ salesState }) => <SalesBadge salesState={salesState} /> },
];

/** The dates of a concert, each with a page of its own. */
export function Dates({ concertId }: { readonly concertId: string }) {
  const dates = usePages(
    (cursor, signal) =>
      answerOf(
        listAdminEvents({
          client,
          signal,
          path: { concertId },
          query: { limit: PAGE_LENGTH, ...(cursor === undefined ? {} : { cursor }) },
        }),
      ),
    [concertId],
  );
  return (
    <Loaded query={dates}>
      {(events) => (
        <div class="stack">
          <Allowed scope="sales:write">
            <p>
              <a class="button button-quiet" href={`/console/concerts/${concertId}/new-date`}>
                Add a date
              </a>
            </p>
          </Allowed>
          <DataTable
            caption="Dates, earliest first"
            columns={COLUMNS}
            rows={events}
            rowKey={({ id }) => id}
            empty="The concert has no date yet. Fans can join once it has one."
          />
          <LoadMore pages={dates} noun="dates" />
        </div>
      )}
    </Loaded>
  );
}

function SalesBadge({ salesState }: Pick<Event, 'salesState'>) {
  if (salesState === 'RUNNING') return <>Running</>;
  return <Badge tone="bad">{salesState === 'STOPPED' ? 'Stopped' : 'Cancelled'}</Badge>;
}
