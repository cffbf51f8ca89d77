import type { MysqlPorts } from '@frontrow/adapters/mysql/mysql-ports.ts';
import { readAllPages } from '@frontrow/application/shared/read-all-pages.ts';
import { type SalesSize, saleIdAt, stadiumId } from '../data/load-sales.ts';

/** What staff ask for, and what it does. */
export type OrganiserRead = { readonly name: string; readonly send: (ports: MysqlPorts) => Promise<unknown> };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const PAGE = { limit: 20, cursor: null };
const EVERY_ORDER = { status: null, userId: null, seatNumber: null, from: null, until: null };
const EVERY_ACT = { actor: null, target: null, from: null, until: null };

/** The sold-out stadium sold two days ago, from midnight on; `buyer` has orders there. */
export function organiserReads(size: SalesSize, buyer: string): readonly OrganiserRead[] {
  const event = stadiumId(size);
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const saleDay = { from: today - 2 * DAY_MS, until: today - DAY_MS };
  const middle = saleIdAt(100_000);
  const orders = (
    name: string,
    filter: Partial<typeof EVERY_ORDER> | object,
    page: object = PAGE,
  ): OrganiserRead => ({
    name: `orders of a date: ${name}`,
    send: ({ orderReads }) => orderReads.list(event, { ...EVERY_ORDER, ...filter }, { ...PAGE, ...page }),
  });
  return [
    orders('first page', {}),
    orders('page in the middle', {}, { cursor: middle }),
    orders('CONFIRMED', { status: 'CONFIRMED' }),
    orders('EXPIRED', { status: 'EXPIRED' }),
    orders('CANCELLED, of which there are none', { status: 'CANCELLED' }),
    orders('the first minute', { from: saleDay.from, until: saleDay.from + MINUTE_MS }),
    orders('a seat', { seatNumber: 777 }),
    orders('a user', { userId: buyer }),
    { name: 'orders of a user', send: ({ reservationReads }) => reservationReads.list(buyer, PAGE) },
    { name: 'history of an order', send: ({ orderReads }) => orderReads.findRecords(saleIdAt(1_001)) },
    {
      name: 'orders of a date as CSV: all 200,000',
      send: ({ orderReads }) => readAll((page) => orderReads.list(event, EVERY_ORDER, page)),
    },
    { name: 'report of 50,000 sold seats', send: ({ orderReads }) => orderReads.reportSales(event) },
    { name: 'count of 40,000 check-ins', send: ({ gateCheckInReads }) => gateCheckInReads.count(event) },
    { name: 'progress of a cancellation', send: ({ cancellationReads }) => cancellationReads.find(event) },
    { name: 'ledger: page of a day', send: ({ ledgerReads }) => ledgerReads.list(saleDay, PAGE) },
    {
      name: 'ledger: opening and closing sum',
      send: async ({ ledgerReads }) => [
        await ledgerReads.sumBefore(saleDay.from),
        await ledgerReads.sumBefore(saleDay.until),
      ],
    },
    {
      name: 'ledger of a day as CSV',
      send: ({ ledgerReads }) => readAll((page) => ledgerReads.list(saleDay, page)),
    },
    acts('first page', {}),
    acts('of an actor, a month ago', { actor: 'staff-7', until: today - 30 * DAY_MS }),
    acts('of a target', { target: `reservation/${saleIdAt(7)}` }),
    { name: 'concerts of one visibility', send: ({ catalog }) => catalog.listConcerts(PAGE, 'PUBLISHED') },
  ];
}

/** A page of the audit log. */
function acts(name: string, filter: object): OrganiserRead {
  return {
    name: `audit log: ${name}`,
    send: ({ auditLogReads }) => auditLogReads.list({ ...EVERY_ACT, ...filter }, PAGE),
  };
}

async function readAll<T>(list: Parameters<typeof readAllPages<T>>[0]): Promise<number> {
  let count = 0;
  for await (const rows of readAllPages(list)) count += rows.length;
  return count;
}
