import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { SalesReport } from '../../ports/booking/orders.ts';
import type { Ports } from '../../ports/ports.ts';

export type ReportSales = (eventId: EventId) => Promise<Result<SalesReport, NotFound>>;

/** Staff read what an event has sold and taken. */
export function createReportSales({
  catalog,
  orderReads,
}: Pick<Ports, 'catalog' | 'orderReads'>): ReportSales {
  return async (eventId) => {
    if ((await catalog.findEvent(eventId)) === null) return refuse(notFound('event'));
    return ok(await orderReads.reportSales(eventId));
  };
}
