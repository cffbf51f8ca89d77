import { andThen } from '@frontrow/application/shared/maybe-promise.ts';
import { ticketOf } from '../../plugins/queue-token-guard.ts';
import { type Problem, sendProblem } from '../../problems/problem.ts';
import type { Route } from '../route.ts';
import { queueStatus, sendQueueStatus } from './queue-status-schema.ts';

export const getQueueStatus: Route = (app, { application, pollLimit, queueMetrics }) =>
  app.route({
    method: 'GET',
    url: '/v1/queue-tokens/current',
    config: { identity: 'anyone', queueToken: 'required', problems: ['RATE_LIMITED'] },
    schema: {
      operationId: 'getQueueStatus',
      summary: 'Read the status of a place; needs the ticket alone',
      description:
        'Ask again after `pollAfterMs`, with the newest `token`. The first ACTIVE answer claims the ' +
        'slot. Polls far ahead of that time are refused.',
      tags: ['Waiting room'],
      response: { 200: queueStatus },
    },
    handler(request, reply) {
      const ticket = ticketOf(request);
      const poll = pollLimit.take(ticket);
      if (poll.retryAfterMs !== null) {
        queueMetrics.polled('RATE_LIMITED');
        return void sendProblem(reply, tooEarly(poll.retryAfterMs));
      }
      return andThen(application.getQueueStatus(ticket), (status) => {
        poll.answered(status.pollAfterMs);
        queueMetrics.polled(status.status);
        queueMetrics.statusSent(ticket, status);
        sendQueueStatus(reply, status);
      });
    },
  });

function tooEarly(retryAfterMs: number): Problem {
  const detail = 'Poll again after pollAfterMs.';
  return { code: 'RATE_LIMITED', detail, retryAfterSeconds: Math.ceil(retryAfterMs / 1000) };
}
