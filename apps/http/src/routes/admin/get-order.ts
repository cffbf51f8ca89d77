import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { reservationParams } from '../shared/path-params.ts';
import { orderWithHistory, presentOrderWithHistory } from './order-schema.ts';

export const getOrder: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/reservations/:reservationId',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getOrder',
      summary: 'Read a reservation of any user, with its history',
      description: 'The history says what happened, when, and who did it.',
      tags: ['Admin'],
      params: reservationParams,
      response: { 200: orderWithHistory },
    },
    handler: async ({ params: { reservationId } }, reply) => {
      const found = await application.getOrder(reservationId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      const places = await application.findReservedPlaces([found.value.reservation]);
      return reply.send(presentOrderWithHistory(found.value, places));
    },
  });
