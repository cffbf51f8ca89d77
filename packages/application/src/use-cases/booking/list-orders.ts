import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { OrderFilter } from '../../ports/booking/orders.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';
import { readAllPages } from '../../shared/read-all-pages.ts';

type OrderPorts = Pick<Ports, 'catalog' | 'orderReads'>;

export type ListOrders = (
  eventId: EventId,
  filter: OrderFilter,
  page: PageRequest,
) => Promise<Result<Page<Reservation>, NotFound>>;

/** Staff read the reservations of an event, newest first. */
export function createListOrders({ catalog, orderReads }: OrderPorts): ListOrders {
  return async (eventId, filter, page) => {
    if ((await catalog.findEvent(eventId)) === null) return refuse(notFound('event'));
    return ok(await orderReads.list(eventId, filter, page));
  };
}

export type ExportOrders = (
  eventId: EventId,
  filter: OrderFilter,
) => Promise<Result<AsyncIterable<readonly Reservation[]>, NotFound>>;

/** The same without pages, for any number of reservations. */
export function createExportOrders({ catalog, orderReads }: OrderPorts): ExportOrders {
  return async (eventId, filter) => {
    if ((await catalog.findEvent(eventId)) === null) return refuse(notFound('event'));
    return ok(readAllPages((page) => orderReads.list(eventId, filter, page)));
  };
}
