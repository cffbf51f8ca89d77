import type { ListOrdersData } from '@frontrow/client';
import {
  type AddressFilter,
  filteredHref,
  instantOrNone,
  readFilter,
  withoutEmpty,
} from '../data/address-filter.ts';

const NAMES = ['status', 'userId', 'seatNumber', 'from', 'until'] as const;

/** The filters of the list of orders. `from` and `until` are ISO 8601. */
export type OrderFilter = AddressFilter<(typeof NAMES)[number]>;

export const ANY_ORDER: OrderFilter = { status: '', userId: '', seatNumber: '', from: '', until: '' };

export const ORDER_STATUSES = ['HELD', 'CONFIRMED', 'EXPIRED', 'CANCELLED', 'REFUNDED'] as const;
type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Reads a filter from the query of an address. What a filter cannot be is left out. */
export function readOrderFilter(query: Readonly<Record<string, string | undefined>>): OrderFilter {
  const read = readFilter(NAMES, query);
  return {
    ...read,
    status: isStatus(read.status) ? read.status : '',
    seatNumber: /^[1-9]\d{0,4}$/.test(read.seatNumber) ? read.seatNumber : '',
    from: instantOrNone(read.from),
    until: instantOrNone(read.until),
  };
}

/** The page of the orders of a date with a filter. */
export function ordersHref(eventId: string, filter: Partial<OrderFilter>): string {
  return filteredHref(`/console/events/${eventId}/orders`, filter);
}

/** What the API takes. */
export function orderQuery(filter: OrderFilter): NonNullable<ListOrdersData['query']> {
  const { status, seatNumber, ...others } = filter;
  return {
    ...withoutEmpty(others),
    ...(isStatus(status) ? { status } : {}),
    ...(seatNumber === '' ? {} : { seatNumber: Number(seatNumber) }),
  };
}

function isStatus(text: string): text is OrderStatus {
  return ORDER_STATUSES.some((status) => status === text);
}
