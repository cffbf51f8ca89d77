import { z } from 'zod';
import { ticketOf } from '../../plugins/queue-token-guard.ts';
import { sendProblem } from '../../problems/problem.ts';
import { clientAddressOf } from '../../rate-limits/client-address.ts';
import { hasSeenEnd } from '../../streams/status-event.ts';
import type { Route } from '../route.ts';
import {
  EVENT_STREAM,
  STREAM_REFUSALS,
  beginEventStream,
  lastEventIdHeader,
} from '../shared/event-stream.ts';
import { noContent } from '../shared/fields.ts';
import { STREAM_EXAMPLE } from './queue-status-schema.ts';

const DESCRIPTION = [
  'Server-Sent Events with a whole queue status as their `data`. `status`: something that the fan sees has changed.',
  '`end`: the token has ended; this is the last event, do not reconnect. `unavailable`: the status cannot be read at',
  'present; the stream stays open and sends the status as soon as it can. A stream lasts about two minutes. After one',
  'that ends without `end`, reconnect to any instance, after the last `retry` in milliseconds, with the newest ticket and',
  '`Last-Event-ID`. A client that has received the end gets 204. Keep the newest `token`; the first ACTIVE event claims',
  'the slot. Closing the stream does not give up the place. A comment is sent after 15 seconds without an event.',
  'EventSource cannot send the ticket: read the stream with fetch.',
].join(' ');

export const streamQueueStatus: Route = (app, { application, openStreams, queueStreams, queueMetrics }) =>
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
      headers: lastEventIdHeader,
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
      const slot = openStreams.reserve(ticket.userId, clientAddressOf(request));
      if (typeof slot === 'string') return sendProblem(reply, STREAM_REFUSALS[slot]);
      reply.raw.once('close', () => slot.free());
      const status = await application.getQueueStatus(ticket);
      queueMetrics.statusSent(ticket, status);
      const lastEventId = request.headers['last-event-id'];
      if (reply.raw.closed || hasSeenEnd(lastEventId, status)) return reply.code(204).send();

      const place = { ticket, status, lastEventId };
      const stream = queueStreams.open(place, beginEventStream(request, reply));
      slot.use(stream);
      queueMetrics.streams.inc();
      reply.raw.once('close', () => {
        queueMetrics.streams.dec();
        queueStreams.close(place, stream);
      });
      return reply;
    },
  });
