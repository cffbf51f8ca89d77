import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { logRequest } from '../../observability/observation.ts';
import { ticketOf } from '../../plugins/queue-token-guard.ts';
import { type Problem, sendProblem } from '../../problems/problem.ts';
import { noContent } from '../shared/fields.ts';
import { STREAM_EXAMPLE } from './queue-status-schema.ts';
import type { StreamRefusal } from '../../streams/queue-streams.ts';
import { hasSeenEnd } from '../../streams/status-event.ts';
import type { Route } from '../route.ts';

const EVENT_STREAM = 'text/event-stream';

const DESCRIPTION = [
  'Server-Sent Events, each with a whole queue status as its `data`. `status`: what the fan sees has changed.',
  '`end`: the token has ended; this is the last event, do not come back. `unavailable`: there is no news for a moment;',
  'the stream stays open and tells the status again as soon as it can. A stream that ends without `end` wants its reader',
  'back, at any instance, after the `retry` that it was told last, with the newest ticket and `Last-Event-ID`; a reader',
  'who knows of the end already is answered 204. Keep the newest `token`; the first ACTIVE event claims the slot.',
  'Closing the stream gives up nothing: the place is kept. A comment comes in every silence of 15 seconds.',
  'EventSource cannot send the ticket: read the stream with fetch.',
].join(' ');

const REFUSALS: Readonly<Record<StreamRefusal, Problem>> = {
  FULL: {
    code: 'UNAVAILABLE',
    detail: 'This instance has no room for another stream: come back, or poll.',
    retryAfterSeconds: 5,
  },
  STOPPING: { code: 'UNAVAILABLE', detail: 'Try again in a moment.' },
  TOO_MANY_OF_ONE: {
    code: 'RATE_LIMITED',
    detail: 'This place has as many streams as it may have: close one.',
    retryAfterSeconds: 5,
  },
};

export const streamQueueStatus: Route = (app, { application, streams, queueMetrics }) =>
  app.route({
    method: 'GET',
    url: '/v1/queue-tokens/current/stream',
    exposeHeadRoute: false,
    config: { identity: 'anyone', queueToken: 'required', problems: ['RATE_LIMITED'] },
    schema: {
      operationId: 'streamQueueStatus',
      summary: 'Follow where the place stands; the ticket alone suffices',
      description: DESCRIPTION,
      tags: ['Waiting room'],
      headers: z.looseObject({
        'last-event-id': z.string().optional().meta({ description: 'The `id` of the last event that came' }),
      }),
      response: {
        200: {
          description: 'The stream',
          content: { [EVENT_STREAM]: { schema: z.string().meta({ examples: [STREAM_EXAMPLE] }) } },
        },
        204: noContent,
      },
    },
    handler: async (request, reply) => {
      const ticket = ticketOf(request);
      const berth = streams.reserve(ticket);
      if (typeof berth === 'string') return sendProblem(reply, REFUSALS[berth]);
      const { raw } = reply;
      raw.once('close', () => berth.free());
      const status = await application.getQueueStatus(ticket);
      queueMetrics.statusSent(ticket, status);
      const lastEventId = request.headers['last-event-id'];
      if (raw.closed || hasSeenEnd(lastEventId, status)) return reply.code(204).send();

      sendHead(reply);
      queueMetrics.streams.inc();
      raw.once('close', () => {
        queueMetrics.streams.dec();
        logRequest(request, reply);
      });
      berth.start(status, lastEventId, raw);
      return reply;
    },
  });

/** From here on the answer is ours to write and to log; Fastify's own hooks see no more of it. */
function sendHead(reply: FastifyReply): void {
  reply.hijack();
  reply.isStream = true;
  const { raw } = reply;
  raw.on('error', () => {}); // the reader is gone, of which `close` tells
  raw.shouldKeepAlive = false; // its connection ends with the stream
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'Content-Type': EVENT_STREAM,
    'X-Accel-Buffering': 'no',
  });
}
