import { type OrderWithHistory, answerOf, getAdminEvent, getOrder } from '@frontrow/client';
import { useRoute } from 'preact-iso/router';
import { client } from '../../shared/api.ts';
import { formatDateTime, formatMoney } from '../../shared/i18n/formats.ts';
import { Facts } from '../components/facts.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { useQuery } from '../data/use-query.ts';
import { Instant } from '../components/instant.tsx';
import { OrderActs } from './order-acts.tsx';
import { OrderHistory } from './order-history.tsx';
import { OrderBadge } from './order-table.tsx';
import { seatWords } from './order-words.ts';
import { OrderTickets } from './order-tickets.tsx';
import { userHref } from './user-href.ts';
import './orders.css';

/** One order: what it has, what happened to it, and what can be done. */
export default function OrderPage() {
  const reservationId = useRoute().params['reservationId'] ?? '';
  const order = useQuery(
    (signal) => answerOf(getOrder({ client, signal, path: { reservationId } })),
    [reservationId],
  );
  return (
    <Loaded query={order} pageTitle="Order">
      {(read) => <LoadedOrder order={read} onChanged={() => void order.refresh()} />}
    </Loaded>
  );
}

type LoadedOrderProps = { readonly order: OrderWithHistory; readonly onChanged: () => void };

function LoadedOrder({ order, onChanged }: LoadedOrderProps) {
  const { eventId } = order;
  const event = useQuery(
    (signal) => answerOf(getAdminEvent({ client, signal, path: { eventId } })),
    [eventId],
  );
  const date = event.data.value;
  return (
    <div class="stack">
      <PageHead
        title={`Order ${order.id}`}
        trail={[
          { href: `/console/events/${eventId}`, text: date?.venue ?? 'Date' },
          { href: `/console/events/${eventId}/orders`, text: 'Orders' },
        ]}
        badges={<OrderBadge order={order} />}
      >
        <OrderActs order={order} onChanged={onChanged} />
      </PageHead>
      <section class="card">
        <Facts
          facts={[
            [
              'User',
              <a key="user" href={userHref(order.userId)}>
                {order.userId}
              </a>,
            ],
            ['Seats', seatWords(order)],
            ['Numbers', order.seatNumbers.join(', ')],
            ['Amount', formatMoney(order.totalAmount)],
            ['Refunded', order.refundedAmount === 0 ? '–' : formatMoney(order.refundedAmount)],
            ['Payment', order.paymentId ?? '–'],
            ['Date', date === null ? '…' : formatDateTime(date.startsAt, date.timeZone)],
            ['Created', <Instant key="created" at={order.createdAt} />],
            ...(order.status === 'HELD'
              ? ([['Hold ends', <Instant key="hold" at={order.holdExpiresAt} />]] as const)
              : []),
          ]}
        />
      </section>
      <OrderTickets order={order} />
      <OrderHistory history={order.history} />
    </div>
  );
}
