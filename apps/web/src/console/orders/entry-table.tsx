import type { WalletEntry } from '@frontrow/client';
import type { ComponentChildren } from 'preact';
import { formatMoney } from '../../shared/i18n/formats.ts';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Instant } from '../components/instant.tsx';
import { userHref } from './user-href.ts';

type Entry = WalletEntry & { readonly userId?: string };

const TYPES: Readonly<Record<WalletEntry['type'], string>> = {
  CHARGE: 'Charge',
  PAYMENT: 'Payment',
  REFUND: 'Refund',
  ADJUSTMENT: 'Adjustment by staff',
};

type EntryTableProps = {
  /** With a user, in a ledger of all of them. */
  readonly entries: readonly Entry[];
  readonly caption: string;
  readonly empty: ComponentChildren;
};

export function EntryTable({ entries, caption, empty }: EntryTableProps) {
  const hasUsers = entries.some(({ userId }) => userId !== undefined);
  return (
    <DataTable
      caption={caption}
      columns={hasUsers ? LEDGER_COLUMNS : COLUMNS}
      rows={entries}
      rowKey={({ entryId }) => entryId}
      empty={empty}
    />
  );
}

const TIME: Column<Entry> = { title: 'Time', cell: ({ createdAt }) => <Instant at={createdAt} /> };
const USER: Column<Entry> = {
  title: 'User',
  cell: ({ userId = '' }) => <a href={userHref(userId, 'wallet')}>{userId}</a>,
};
const MONEY: readonly Column<Entry>[] = [
  { title: 'Entry', cell: ({ type }) => TYPES[type] },
  { title: 'Amount', kind: 'number', cell: ({ amount }) => formatMoney(amount) },
  { title: 'Balance after', kind: 'number', cell: ({ balanceAfter }) => formatMoney(balanceAfter) },
  { title: 'Payment', cell: ({ paymentId }) => paymentId ?? '–' },
];
const COLUMNS = [TIME, ...MONEY];
const LEDGER_COLUMNS = [TIME, USER, ...MONEY];
