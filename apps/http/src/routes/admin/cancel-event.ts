import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { eventParams } from '../shared/path-params.ts';
import { cancellation, newCancellation, presentCancellation } from './cancellation-schema.ts';

export const cancelEvent: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/events/:eventId/cancel',
    config: { identity: 'sales:write', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'cancelEvent',
      summary: 'Cancel a date for good, and refund all its reservations; idempotent',
      description:
        'From the answer on, no instance accepts a hold, an extension or a payment that it has not begun. ' +
        'Workers end the holds and refund every confirmed reservation once, whatever `refundUntil` says. ' +
        'Repeating the request changes nothing, and answers the progress.',
      tags: ['Admin'],
      params: eventParams,
      body: newCancellation,
      response: { 202: cancellation },
    },
    handler: async (request, reply) => {
      const cancelled = await application.cancelEvent({
        ...request.params,
        ...request.body,
        by: adminRequestOf(request),
      });
      if (!cancelled.ok) return sendRefusal(reply, cancelled.refusal);
      return reply.code(202).send(presentCancellation(cancelled.value));
    },
  });
