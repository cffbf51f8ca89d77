import { z } from 'zod';
import { callerOf } from '../../plugins/authentication.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { EXAMPLE } from '../shared/examples.ts';
import { concertParams } from '../shared/path-params.ts';
import { queueStatus, sendQueueStatus } from './queue-status-schema.ts';

/** Room for separators between the digits. */
const CODE_LENGTH_MAX = 64;

const join = z
  .strictObject({
    code: z.string().min(1).max(CODE_LENGTH_MAX).optional().meta({
      description: 'A sale code, which is needed before the public start and ignored after it',
    }),
  })
  .nullable()
  .meta({ examples: [{ code: EXAMPLE.saleCode }] });

export const issueQueueToken: Route = (app, { application, queueMetrics }) =>
  app.route({
    method: 'POST',
    url: '/v1/concerts/:concertId/queue-tokens',
    config: {
      identity: 'user',
      countedAs: ({ body }) => (hasCode(body) ? 'saleCodes' : 'joins'),
      problems: [
        'NOT_FOUND',
        'ROOM_CLOSED',
        'SALE_CODE_REQUIRED',
        'SALE_CODE_INVALID',
        'SALE_CODE_EXHAUSTED',
      ],
      answerHeaders: { Location: 'The status of the place' },
    },
    schema: {
      operationId: 'issueQueueToken',
      summary: 'Join the waiting room; 200 with the same place for a user who has one',
      description:
        'Answers a ticket, the `token`, for the other requests of the waiting room. The place starts ' +
        'ACTIVE where the room admits at once. Idempotent: a user has one place per concert, and uses a sale code ' +
        'once however often they join with it.',
      tags: ['Waiting room'],
      params: concertParams,
      body: join,
      response: { 200: queueStatus, 201: queueStatus },
    },
    handler: async (request, reply) => {
      const { concertId } = request.params;
      const { userId } = callerOf(request);
      const issued = await application.issueQueueToken({
        concertId,
        userId,
        saleCode: request.body?.code,
      });
      if (!issued.ok) return sendRefusal(reply, issued.refusal);
      const { created, status } = issued.value;
      queueMetrics.statusSent({ userId, sessionExpiresAt: null }, status);
      if (created) reply.code(201).header('Location', '/v1/queue-tokens/current');
      return sendQueueStatus(reply, status);
    },
  });

/** Whether the validated body of a join has a sale code. */
function hasCode(body: unknown): boolean {
  return (body as z.output<typeof join>)?.code !== undefined;
}
