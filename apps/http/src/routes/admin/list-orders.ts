import type { Application } from '@frontrow/application/application.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { formatQuery, listOrCsv, sendCsv, wantsCsv } from '../shared/csv.ts';
import { parsePageQuery, presentPage } from '../shared/paging.ts';
import { eventParams } from '../shared/path-params.ts';
import { orderPage, orderQuery, presentOrder, readOrderFilter } from './order-schema.ts';

const COLUMNS = [
  'id',
  'userId',
  'status',
  'seatNumbers',
  'totalAmount',
  'refundedAmount',
  'paymentId',
  'createdAt',
  'holdExpiresAt',
  'complimentary',
  'places',
  'categories',
] as const;
const CSV_EXAMPLE = `${COLUMNS.join(',')}\r\n`;

export const listOrders: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/events/:eventId/reservations',
    exposeHeadRoute: false, // it would read the whole list
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'listOrders',
      summary: 'List the reservations of a date, newest first, as JSON or CSV',
      description:
        'In every status, with the user of each. CSV has one row for each reservation, all of them: its seat numbers with ' +
        'spaces between, and for a date with a layout the places (section, row and label with slashes) and the names of ' +
        'the categories of its seats, in the same order with semicolons between.',
      tags: ['Admin'],
      params: eventParams,
      querystring: orderQuery.extend({ format: formatQuery }),
      response: { 200: listOrCsv(orderPage, CSV_EXAMPLE) },
    },
    handler: async (request, reply) => {
      const { eventId } = request.params;
      const filter = readOrderFilter(request.query);
      if (wantsCsv(request, request.query)) {
        const exported = await application.exportOrders(eventId, filter);
        if (!exported.ok) return sendRefusal(reply, exported.refusal);
        return sendCsv(
          reply,
          { name: `reservations-${eventId}`, columns: COLUMNS },
          rowsOf(exported.value, application),
        );
      }
      const listed = await application.listOrders(eventId, filter, parsePageQuery('orders', request.query));
      if (!listed.ok) return sendRefusal(reply, listed.refusal);
      const places = await application.findReservedPlaces(listed.value.items);
      return reply.send(presentPage('orders', listed.value, (each) => presentOrder(each, places)));
    },
  });

async function* rowsOf(
  batches: AsyncIterable<readonly Reservation[]>,
  { findReservedPlaces }: Pick<Application, 'findReservedPlaces'>,
) {
  for await (const batch of batches) {
    const places = await findReservedPlaces(batch);
    yield batch.map((each) => {
      const order = presentOrder(each, places);
      const seats = each.seatNumbers.flatMap((number) => places.get(each.eventId)?.get(number) ?? []);
      return {
        ...order,
        seatNumbers: order.seatNumbers.join(' '),
        complimentary: String(order.complimentary),
        places: seats.map(({ section, row, label }) => `${section}/${row}/${label}`).join('; '),
        categories: seats.map(({ category }) => category.name).join('; '),
      };
    });
  }
}
