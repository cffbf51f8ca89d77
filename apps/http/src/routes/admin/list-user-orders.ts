import type { Route } from '../route.ts';
import { pageQuery, parsePageQuery, presentPage } from '../shared/paging.ts';
import { userParams } from '../shared/path-params.ts';
import { orderPage, presentOrder } from './order-schema.ts';

export const listUserOrders: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/users/:userId/reservations',
    config: { identity: 'sales:read' },
    schema: {
      operationId: 'listUserOrders',
      summary: 'List the reservations of a user, newest first',
      description: 'Of all concerts and in every status. Pages by cursor.',
      tags: ['Admin'],
      params: userParams,
      querystring: pageQuery,
      response: { 200: orderPage },
    },
    handler: async ({ params: { userId }, query }, reply) => {
      const listed = await application.listReservations(userId, parsePageQuery('orders', query));
      const places = await application.findReservedPlaces(listed.items);
      return reply.send(presentPage('orders', listed, (each) => presentOrder(each, places)));
    },
  });
