import type { ListOrdersData } from '@frontrow/client';

/** The filters of the list of orders, as the address of the page has them; empty for none. */
export type OrderFilter = {
  readonly status: string;
  readonly userId: string;
  readonly seatNumber: string;
  /** ISO 8601. */
  readonly from: string;
  readonly until: string;
};

export const ANY_ORDER: OrderFilter = { status: '', userId: '', seatNumber: '', from: '', until: '' };

export const ORDER_STATUSES = ['HELD', 'CONFIRMED', 'EXPIRED', 'CANCELLED', 'REFUNDED'] as const;
type OrderStatus = (typeof ORDER_STATUSES)[number];

const NAMES = Object.keys(ANY_ORDER) as (keyof OrderFilter)[];

/** Reads a filter from the query of an address. What a filter cannot be is left out. */
export function readOrderFilter(query: Readonly<Record<string, string | undefined>>): OrderFilter {
  const read = Object.fromEntries(NAMES.map((name) => [name, query[name] ?? ''])) as OrderFilter;
  const { status, seatNumber, from, until } = read;
  return {
    ...read,
    status: isStatus(status) ? status : '',
    seatNumber: /^[1-9]\d{0,4}$/.test(seatNumber) ? seatNumber : '',
    from: isInstant(from) ? from : '',
    until: isInstant(until) ? until : '',
  };
}

/** The page of the orders of a date with a filter. */
export function ordersHref(eventId: string, filter: Partial<OrderFilter>): string {
  const entries = NAMES.flatMap((name) => (filter[name] ? [[name, filter[name]] as const] : []));
  const query = new URLSearchParams(entries.map(([name, value]) => [name, value])).toString();
  return `/console/events/${eventId}/orders${query === '' ? '' : `?${query}`}`;
}

/** What the API takes. */
export function orderQuery({
  status,
  userId,
  seatNumber,
  from,
  until,
}: OrderFilter): NonNullable<ListOrdersData['query']> {
  return {
    ...(isStatus(status) ? { status } : {}),
    ...(userId === '' ? {} : { userId }),
    ...(seatNumber === '' ? {} : { seatNumber: Number(seatNumber) }),
    ...(from === '' ? {} : { from }),
    ...(until === '' ? {} : { until }),
  };
}

function isStatus(text: string): text is OrderStatus {
  return ORDER_STATUSES.some((status) => status === text);
}

function isInstant(text: string): boolean {
  return text !== '' && !Number.isNaN(Date.parse(text));
}
