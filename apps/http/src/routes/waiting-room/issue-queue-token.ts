import { callerOf } from '../../plugins/authentication.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { noBody } from '../shared/fields.ts';
import { concertParams } from '../shared/path-params.ts';
import { queueStatus, sendQueueStatus } from './queue-status-schema.ts';

export const issueQueueToken: Route = (app, { application, queueMetrics }) =>
  app.route({
    method: 'POST',
    url: '/v1/concerts/:concertId/queue-tokens',
    config: {
      identity: 'user',
      countedAs: 'joins',
      problems: ['NOT_FOUND', 'ROOM_CLOSED'],
      answerHeaders: { Location: 'The status of the place' },
    },
    schema: {
      operationId: 'issueQueueToken',
      summary: 'Join the waiting room; 200 with the same place for a user who has one',
      description:
        'Answers a ticket, the `token`, for the other requests of the waiting room. The place starts ' +
        'ACTIVE where the room admits at once. Idempotent: a user has one place per concert.',
      tags: ['Waiting room'],
      params: concertParams,
      body: noBody,
      response: { 200: queueStatus, 201: queueStatus },
    },
    handler: async (request, reply) => {
      const { concertId } = request.params;
      const { userId } = callerOf(request);
      const issued = await application.issueQueueToken({ concertId, userId });
      if (!issued.ok) return sendRefusal(reply, issued.refusal);
      const { created, status } = issued.value;
      queueMetrics.statusSent({ userId, sessionExpiresAt: null }, status);
      if (created) reply.code(201).header('Location', '/v1/queue-tokens/current');
      return sendQueueStatus(reply, status);
    },
  });
