import { ticketOf } from '../../plugins/queue-token-guard.ts';
import type { Route } from '../route.ts';
import { noContent } from '../shared/fields.ts';

export const leaveQueue: Route = (app, { application }) =>
  app.route({
    method: 'DELETE',
    url: '/v1/queue-tokens/current',
    config: { identity: 'anyone', countedAs: 'joins', queueToken: 'required' },
    schema: {
      operationId: 'leaveQueue',
      summary: 'Leave the waiting room and free the slot; a hold stays payable',
      description: 'The next fan gets the slot. 204 also for a place that has ended.',
      tags: ['Waiting room'],
      response: { 204: noContent },
    },
    handler: async (request, reply) => {
      await application.leaveQueue(ticketOf(request));
      return reply.code(204).send();
    },
  });
