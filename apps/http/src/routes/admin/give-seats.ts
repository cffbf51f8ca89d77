import { idempotentRequest, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { eventParams } from '../shared/path-params.ts';
import { givenSeats, order, presentOrder } from './order-schema.ts';

export const giveSeats: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/events/:eventId/reservations',
    config: {
      identity: 'sales:write',
      idempotencyKey: 'required',
      problems: ['NOT_FOUND', 'EVENT_CANCELLED', 'EVENT_STARTED', 'SEAT_UNAVAILABLE'],
      answerHeaders: { Location: 'The reservation' },
    },
    schema: {
      operationId: 'giveSeats',
      summary: 'Give seats to a user for nothing, with a reason',
      description:
        'All of them or none: a complimentary reservation, confirmed at once. Until the date starts, also before its ' +
        'booking window, while its sales are stopped, for a concert that is not PUBLISHED, and above the limits of the ' +
        'hold policy.',
      tags: ['Admin'],
      params: eventParams,
      body: givenSeats,
      response: { 201: order },
    },
    handler: async (request, reply) => {
      const given = await application.giveSeats({
        ...request.body,
        eventId: request.params.eventId,
        request: idempotentRequest(request),
        by: adminRequestOf(request),
      });
      if (!given.ok) return sendRefusal(reply, given.refusal);
      const places = await application.findReservedPlaces([given.value.value]);
      const body = presentOrder(given.value.value, places);
      return markReplayed(reply, given.value)
        .code(201)
        .header('Location', `/v1/admin/reservations/${body.id}`)
        .send(body);
    },
  });
