import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { pageQuery, parsePageQuery, presentPage } from '../shared/paging.ts';
import { eventParams } from '../shared/path-params.ts';
import { blockedSeatPage, presentBlockedSeat } from './blocked-seats-schema.ts';

export const listBlockedSeats: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/events/:eventId/blocked-seats',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'listBlockedSeats',
      summary: 'List the blocked seats of a date with their reasons, by number',
      description: 'Pages by cursor.',
      tags: ['Admin'],
      params: eventParams,
      querystring: pageQuery,
      response: { 200: blockedSeatPage },
    },
    handler: async ({ params, query }, reply) => {
      const listed = await application.listBlockedSeats(
        params.eventId,
        parsePageQuery('blocked-seats', query),
      );
      if (!listed.ok) return sendRefusal(reply, listed.refusal);
      return reply.send(presentPage('blocked-seats', listed.value, presentBlockedSeat));
    },
  });
