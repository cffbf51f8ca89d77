import { ticketOf } from '../plugins/queue-token-guard.ts';
import { presentQueueStatus, queueStatus } from '../schemas/queue.ts';
import type { Route } from './route.ts';

export const getQueueStatus: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/queue-tokens/current',
    config: { identity: 'anyone', queueToken: 'required' },
    schema: {
      operationId: 'getQueueStatus',
      summary: 'Ask where the place stands; the ticket alone suffices',
      tags: ['Waiting room'],
      response: { 200: queueStatus },
    },
    handler: async (request, reply) =>
      reply.send(presentQueueStatus(await application.getQueueStatus(ticketOf(request)))),
  });
