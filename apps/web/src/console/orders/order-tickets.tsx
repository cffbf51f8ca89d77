import type { OrderWithHistory } from '@frontrow/client';
import { Badge } from '../components/badges.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Instant } from '../components/instant.tsx';
import { TICKET_TEXTS } from './order-words.ts';

/** The tickets of an order; their codes are for the user alone. */
export function OrderTickets({ order }: { readonly order: OrderWithHistory }) {
  if (order.tickets.length === 0) return null;
  return (
    <section class="stack">
      <h2>Tickets</h2>
      <DataTable
        caption="Tickets of the order"
        rows={order.tickets}
        rowKey={({ seatNumber }) => `${seatNumber}`}
        empty={null}
        columns={columnsOf(order)}
      />
    </section>
  );
}

function columnsOf({ seats }: OrderWithHistory): readonly Column<OrderWithHistory['tickets'][number]>[] {
  const placeOf = (number: number) => {
    const place = seats?.find((seat) => seat.number === number);
    return place === undefined ? '–' : `${place.section}, row ${place.row}, seat ${place.label}`;
  };
  return [
    { title: 'Number', cell: ({ seatNumber }) => seatNumber },
    { title: 'Place', cell: ({ seatNumber }) => placeOf(seatNumber) },
    {
      title: 'State',
      cell: ({ status }) => <Badge tone={TICKET_TEXTS[status][0]}>{TICKET_TEXTS[status][1]}</Badge>,
    },
    {
      title: 'Checked in',
      cell: ({ checkedInAt }) => (checkedInAt === null ? '–' : <Instant at={checkedInAt} />),
    },
  ];
}
