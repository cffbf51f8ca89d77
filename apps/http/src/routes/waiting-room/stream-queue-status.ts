import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { logRequest } from '../../observability/observation.ts';
import { requestIdOf } from '../../observability/request-id.ts';
import { stopCounting } from '../../plugins/in-flight-limit.ts';
import { ticketOf } from '../../plugins/queue-token-guard.ts';
import { type Problem, sendProblem } from '../../problems/problem.ts';
import { clientAddressOf } from '../../rate-limits/client-address.ts';
import type { StreamRefusal } from '../../streams/queue-streams.ts';
import { hasSeenEnd } from '../../streams/status-event.ts';
import type { Route } from '../route.ts';
import { noContent } from '../shared/fields.ts';
import { STREAM_EXAMPLE } from './queue-status-schema.ts';

const EVENT_STREAM = 'text/event-stream';

const DESCRIPTION = [
  'Server-Sent Events with a whole queue status as their `data`. `status`: something that the fan sees has changed.',
  '`end`: the token has ended; this is the last event, do not reconnect. `unavailable`: the status cannot be read at',
  'present; the stream stays open and sends the status as soon as it can. A stream lasts about two minutes. After one',
  'that ends without `end`, reconnect to any instance, after the last `retry` in milliseconds, with the newest ticket and',
  '`Last-Event-ID`. A client that has received the end gets 204. Keep the newest `token`; the first ACTIVE event claims',
  'the slot. Closing the stream does not give up the place. A comment is sent after 15 seconds without an event.',
  'EventSource cannot send the ticket: read the stream with fetch.',
].join(' ');

const REFUSALS: Readonly<Record<StreamRefusal, Problem>> = {
  PROCESS_LIMIT: {
    code: 'UNAVAILABLE',
    detail: 'This instance keeps no more streams open: try again, or poll.',
    retryAfterSeconds: 5,
  },
  USER_LIMIT: { code: 'STREAM_LIMIT', detail: 'You have too many streams open: close one.' },
  ADDRESS_LIMIT: { code: 'STREAM_LIMIT', detail: 'Your address has too many streams open: poll instead.' },
  STOPPING: { code: 'UNAVAILABLE', detail: 'Try again in a moment.' },
};

export const streamQueueStatus: Route = (app, { application, streams, queueMetrics }) =>
  app.route({
    method: 'GET',
    url: '/v1/queue-tokens/current/stream',
    exposeHeadRoute: false,
    config: { identity: 'anyone', countedAs: 'streams', queueToken: 'required', problems: ['STREAM_LIMIT'] },
    schema: {
      operationId: 'streamQueueStatus',
      summary: 'Stream the status of a place; needs the ticket alone',
      description: DESCRIPTION,
      tags: ['Waiting room'],
      headers: z.looseObject({
        'last-event-id': z
          .string()
          .optional()
          .meta({ description: 'The `id` of the last event that was received' }),
      }),
      response: {
        200: {
          description: 'The event stream',
          content: { [EVENT_STREAM]: { schema: z.string().meta({ examples: [STREAM_EXAMPLE] }) } },
        },
        204: noContent,
      },
    },
    handler: async (request, reply) => {
      const ticket = ticketOf(request);
      const slot = streams.reserve(ticket, clientAddressOf(request));
      if (typeof slot === 'string') return sendProblem(reply, REFUSALS[slot]);
      const { raw } = reply;
      raw.once('close', () => slot.free());
      const status = await application.getQueueStatus(ticket);
      queueMetrics.statusSent(ticket, status);
      const lastEventId = request.headers['last-event-id'];
      if (raw.closed || hasSeenEnd(lastEventId, status)) return reply.code(204).send();

      stopCounting(request);
      sendHead(reply);
      queueMetrics.streams.inc();
      raw.once('close', () => {
        queueMetrics.streams.dec();
        logRequest(request, reply);
      });
      slot.start(status, lastEventId, raw);
      return reply;
    },
  });

/** Takes the response over from Fastify, whose later hooks do not run for it, and sends its head. */
function sendHead(reply: FastifyReply): void {
  reply.hijack();
  const { raw } = reply;
  raw.on('error', () => {}); // the client has gone; `close` follows
  raw.shouldKeepAlive = false; // the connection ends with the stream
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'Content-Type': EVENT_STREAM,
    'X-Request-Id': requestIdOf(reply.request),
    'X-Accel-Buffering': 'no',
  });
}
