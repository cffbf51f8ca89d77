import type { FastifyReply } from 'fastify';

/** Adds a request header to those on which the answer depends; CORS may have named `Origin`. */
export function addVary(reply: FastifyReply, header: string): void {
  const known = reply.getHeader('Vary');
  reply.header('Vary', known === undefined ? header : `${String(known)}, ${header}`);
}
