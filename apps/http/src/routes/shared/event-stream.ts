import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { logRequest } from '../../observability/observation.ts';
import { requestIdOf } from '../../observability/request-id.ts';
import { stopCounting } from '../../plugins/in-flight-limit.ts';
import type { Problem } from '../../problems/problem.ts';
import type { StreamRefusal } from '../../streams/open-streams.ts';

export const EVENT_STREAM = 'text/event-stream';

export const lastEventIdHeader = z.looseObject({
  'last-event-id': z
    .string()
    .optional()
    .meta({ description: 'The `id` of the last event that was received' }),
});

export const STREAM_REFUSALS: Readonly<Record<StreamRefusal, Problem>> = {
  PROCESS_LIMIT: {
    code: 'UNAVAILABLE',
    detail: 'This instance keeps no more streams open: try again, or poll.',
    retryAfterSeconds: 5,
  },
  USER_LIMIT: { code: 'STREAM_LIMIT', detail: 'You have too many streams open: close one.' },
  ADDRESS_LIMIT: { code: 'STREAM_LIMIT', detail: 'Your address has too many streams open: poll instead.' },
  STOPPING: { code: 'UNAVAILABLE', detail: 'Try again in a moment.' },
};

/**
 * Takes the response over from Fastify, whose later hooks do not run for it, sends its head, and returns what events are
 * written to. The request is logged when the connection has closed.
 */
export function beginEventStream(request: FastifyRequest, reply: FastifyReply): ServerResponse {
  stopCounting(request);
  reply.hijack();
  const { raw } = reply;
  raw.on('error', () => {}); // the client has gone; `close` follows
  raw.once('close', () => logRequest(request, reply));
  raw.shouldKeepAlive = false; // the connection ends with the stream
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'Content-Type': EVENT_STREAM,
    'X-Request-Id': requestIdOf(request),
    'X-Accel-Buffering': 'no',
  });
  return raw;
}
