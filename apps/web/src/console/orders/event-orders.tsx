import { type Event, type Order, answerOf, listOrders } from '@frontrow/client';
import { useLocation } from 'preact-iso/router';
import { client, patientClient } from '../../shared/api.ts';
import { Allowed } from '../components/allowed.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { Loaded } from '../components/loaded.tsx';
import { usePages } from '../data/use-query.ts';
import { ANY_ORDER, type OrderFilter, orderQuery, ordersHref, readOrderFilter } from './order-filter.ts';
import { DownloadCsv } from './download-csv.tsx';
import { OrderFilterForm } from './order-filter-form.tsx';
import { OrderTable } from './order-table.tsx';
import { GiveSeatsByNumber } from './give-seats.tsx';
import './orders.css';

const PAGE_LIMIT = 50;

/** The orders of a date; the address has the filter, so that it can be sent to a colleague. */
export function EventOrders({ event }: { readonly event: Event }) {
  const { query: inAddress, route } = useLocation();
  const filter = readOrderFilter(inAddress);
  const path = { eventId: event.id };
  const query = orderQuery(filter);
  const orders = usePages<Order>(
    (cursor, signal) =>
      answerOf(
        listOrders({
          client,
          signal,
          path,
          query: { ...query, limit: PAGE_LIMIT, ...(cursor === undefined ? {} : { cursor }) },
        }),
      ),
    [event.id, JSON.stringify(query)],
  );
  const apply = (changed: OrderFilter) => route(ordersHref(event.id, changed));
  const isFiltered = Object.keys(query).length > 0;
  return (
    <div class="stack">
      <OrderFilterForm key={JSON.stringify(filter)} filter={filter} onApply={apply} />
      <div class="row">
        <DownloadCsv
          name={`orders-${event.id}.csv`}
          read={() =>
            listOrders({ client: patientClient, path, query: { ...query, format: 'csv' }, parseAs: 'text' })
          }
        />
        <Allowed scope="sales:write">
          <GiveSeatsByNumber event={event} onDone={() => void orders.refresh()} />
        </Allowed>
      </div>
      <Loaded query={orders}>
        {(items) => (
          <OrderTable
            orders={items}
            caption="Orders of the date"
            empty={
              isFiltered ? (
                <>
                  <p>No order matches the filter.</p>
                  <a href={ordersHref(event.id, ANY_ORDER)}>Show all orders</a>
                </>
              ) : (
                <p>Nobody has ordered yet.</p>
              )
            }
          />
        )}
      </Loaded>
      <LoadMore pages={orders} noun="orders" />
    </div>
  );
}
