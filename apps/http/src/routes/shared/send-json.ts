import type { FastifyReply } from 'fastify';

/**
 * Sends JSON that is written already, and of the shape that the route's schema has: to hold it against the schema again
 * would cost most of the request.
 */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.header('Content-Type', 'application/json; charset=utf-8').send(json);
}
