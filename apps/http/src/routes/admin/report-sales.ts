import type { SeatTotals } from '@frontrow/application/ports/booking/orders.ts';
import type { ReportedSales } from '@frontrow/application/use-cases/booking/report-sales.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { SEATS_PER_EVENT_MAX, SEATS_PER_RESERVATION_MAX } from '@frontrow/domain/shared/limits.ts';
import { MONEY_MAX, sum } from '@frontrow/domain/shared/money.ts';
import { z } from 'zod';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { EXAMPLE } from '../shared/examples.ts';
import { count, id, instant, money } from '../shared/fields.ts';
import { eventParams } from '../shared/path-params.ts';

const counts = { sold: count, complimentary: count, held: count, available: count, blocked: count };
/** Of all seats of a date. */
const revenue = z
  .int()
  .min(0)
  .max((SEATS_PER_EVENT_MAX * MONEY_MAX) / SEATS_PER_RESERVATION_MAX)
  .meta({ description: 'Whole won' });

const exampleSeats = { sold: 2, complimentary: 0, held: 1, available: 45, blocked: 2, revenue: 240_000 };

const salesReport = z
  .object({
    eventId: id,
    asOf: instant,
    ...counts,
    revenue: revenue.meta({ description: 'Of the sold seats, in whole won' }),
    byPrice: z.array(z.object({ price: money, ...counts, revenue })),
    byCategory: z
      .array(
        z.object({
          key: z.string(),
          name: z.string(),
          price: money.meta({ description: 'The present one, in whole won' }),
          ...counts,
          refunded: count.meta({ description: 'Seats that refunds have returned, whoever has them now' }),
          revenue,
        }),
      )
      .meta({ description: 'In the order of the layout; empty for a date without one' }),
    byHour: z
      .array(z.object({ hour: instant, payments: count, paid: revenue, refunded: revenue }))
      .meta({ description: 'Payments and refunds by hour in UTC, without hours that have none' }),
  })
  .meta({
    id: 'SalesReport',
    examples: [
      {
        eventId: EXAMPLE.eventId,
        asOf: '2026-12-01T12:00:00.000Z',
        sold: 2,
        complimentary: 0,
        held: 1,
        available: 45,
        blocked: 2,
        revenue: 240_000,
        byPrice: [{ price: 120_000, ...exampleSeats }],
        byCategory: [{ key: 'front', name: 'Front', price: 120_000, ...exampleSeats, refunded: 1 }],
        byHour: [{ hour: '2026-12-01T11:00:00.000Z', payments: 1, paid: 240_000, refunded: 0 }],
      },
    ],
  });

export const reportSales: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/events/:eventId/report',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'reportSales',
      summary: 'Report the seats and the revenue of a date',
      description: 'All numbers are of one moment, which is `asOf`.',
      tags: ['Admin'],
      params: eventParams,
      response: { 200: salesReport },
    },
    handler: async ({ params: { eventId } }, reply) => {
      const sales = await application.reportSales(eventId);
      if (!sales.ok) return sendRefusal(reply, sales.refusal);
      return reply.send(presentSales(eventId, sales.value));
    },
  });

function presentSales(
  eventId: string,
  { asOf, byPrice, byCategory, byHour }: ReportedSales,
): z.output<typeof salesReport> {
  const priced = byPrice.map((at) => ({ ...at, revenue: at.price * at.sold }));
  const total = (of: keyof SeatTotals | 'revenue') => sum(priced.map((at) => at[of]));
  return {
    eventId,
    asOf: formatInstant(asOf),
    sold: total('sold'),
    complimentary: total('complimentary'),
    held: total('held'),
    available: total('available'),
    blocked: total('blocked'),
    revenue: total('revenue'),
    byPrice: priced,
    byCategory: byCategory.map(({ category: { key, name, price }, ...seats }) => ({
      key,
      name,
      price,
      ...seats,
    })),
    byHour: byHour.map((of) => ({ ...of, hour: formatInstant(of.hour) })),
  };
}
