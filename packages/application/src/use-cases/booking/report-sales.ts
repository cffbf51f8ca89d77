import type { Category } from '@frontrow/domain/halls/layout.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { FindEventLayout } from '../../halls/find-event-layout.ts';
import type { SalesReport, SeatsOfCategory } from '../../ports/booking/orders.ts';
import type { Ports } from '../../ports/ports.ts';

export type ReportedCategory = Omit<SeatsOfCategory, 'category'> & { readonly category: Category };
/** `byCategory` is in the order of the layout; empty for an event without one. */
export type ReportedSales = Omit<SalesReport, 'byCategory'> & {
  readonly byCategory: readonly ReportedCategory[];
};
export type ReportSales = (eventId: EventId) => Promise<Result<ReportedSales, NotFound>>;

const NOTHING = { sold: 0, complimentary: 0, held: 0, available: 0, blocked: 0, refunded: 0, revenue: 0 };

/** Staff read what an event has sold and taken. `catalog` reads the database. */
export function createReportSales(
  { catalog, orderReads }: Pick<Ports, 'catalog' | 'orderReads'>,
  findLayout: FindEventLayout,
): ReportSales {
  return async (eventId) => {
    const event = await catalog.findEvent(eventId);
    if (event === null) return refuse(notFound('event'));
    const layout = event.layoutVersion === 0 ? null : await findLayout(event);
    const report = await orderReads.reportSales(eventId);
    const byIndex = new Map(report.byCategory.map(({ category, ...seats }) => [category, seats]));
    const byCategory = (layout?.categories ?? []).map((category, index) => ({
      ...(byIndex.get(index) ?? NOTHING),
      category,
    }));
    return ok({ ...report, byCategory });
  };
}
