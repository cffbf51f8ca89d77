import { callerOf } from '../../plugins/authentication.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { reservationParams } from '../shared/path-params.ts';
import { entryTicketList, presentEntryTicket } from './entry-ticket-schema.ts';

export const listEntryTickets: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/reservations/:reservationId/tickets',
    config: { identity: 'user', countedAs: 'reads', problems: ['NOT_FOUND', 'RESERVATION_NOT_CONFIRMED'] },
    schema: {
      operationId: 'listEntryTickets',
      summary: 'Read the entry tickets of a paid reservation, one for each seat',
      description: 'A seat that is sold again has another code for its new owner.',
      tags: ['Reservations'],
      params: reservationParams,
      response: { 200: entryTicketList },
    },
    handler: async (request, reply) => {
      const { reservationId } = request.params;
      const tickets = await application.listEntryTickets({ userId: callerOf(request).userId, reservationId });
      if (!tickets.ok) return sendRefusal(reply, tickets.refusal);
      return reply.send({ items: tickets.value.map(presentEntryTicket) });
    },
  });
