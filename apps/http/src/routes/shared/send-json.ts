import type { FastifyReply } from 'fastify';

/** Sends JSON text without the check by the route's schema, which would take most of the time of the request. */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(json);
}
