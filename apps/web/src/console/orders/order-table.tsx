import type { Order } from '@frontrow/client';
import type { ComponentChildren } from 'preact';
import { formatMoney } from '../../shared/i18n/formats.ts';
import { Badge } from '../components/badges.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Instant } from '../components/instant.tsx';
import { seatWords, statusWords } from './order-words.ts';
import { userHref } from './user-href.ts';

type OrderTableProps = {
  readonly orders: readonly Order[];
  readonly caption: string;
  readonly empty: ComponentChildren;
};

export function OrderTable({ orders, caption, empty }: OrderTableProps) {
  return (
    <DataTable caption={caption} columns={COLUMNS} rows={orders} rowKey={({ id }) => id} empty={empty} />
  );
}

const COLUMNS: readonly Column<Order>[] = [
  {
    title: 'Order',
    cell: ({ id }) => (
      <a class="numbers" href={`/console/reservations/${id}`}>
        {id}
      </a>
    ),
  },
  { title: 'Status', cell: (order) => <OrderBadge order={order} /> },
  { title: 'User', cell: ({ userId }) => <a href={userHref(userId)}>{userId}</a> },
  { title: 'Seats', cell: (order) => seatWords(order) },
  { title: 'Amount', kind: 'number', cell: ({ totalAmount }) => formatMoney(totalAmount) },
  {
    title: 'Refunded',
    kind: 'number',
    cell: ({ refundedAmount }) => (refundedAmount === 0 ? '–' : formatMoney(refundedAmount)),
  },
  { title: 'Created', cell: ({ createdAt }) => <Instant at={createdAt} /> },
];

export function OrderBadge({ order }: { readonly order: Order }) {
  const [tone, text] = statusWords(order);
  return <Badge tone={tone}>{text}</Badge>;
}
