import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendJson } from '../routes/shared/send-json.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is everybody's and may be a second old: it has an `ETag`, and is 304 to whoever has it already. */
    cacheable?: true;
  }
}

/** What a caller is told is the caller's own, and of this moment: nothing on the way keeps it. */
export function addNoStore(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('Cache-Control', 'no-store');
    done();
  });
}

/** An answer that many share, as it goes over the wire. */
export type SharedAnswer = { readonly json: string; readonly etag: string };

const ETAG_LENGTH = 27;

/** The tag is of the text alone, so that every instance gives the same. */
export function shareAnswer(body: object): SharedAnswer {
  const json = JSON.stringify(body);
  return { json, etag: `"${hash('sha256', json, 'base64url').slice(0, ETAG_LENGTH)}"` };
}

/** What everybody may see may be a second old, which is enough for a crowd to share one answer. */
export function sendShared(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { json, etag }: SharedAnswer,
): FastifyReply {
  reply.header('Cache-Control', 'public, max-age=1').header('ETag', etag);
  const known = headers['if-none-match'];
  if (known !== undefined && names(known, etag)) return reply.code(304).send();
  return sendJson(reply, json);
}

/** Whether `If-None-Match` names the tag, by the weak comparison (RFC 9110, 13.1.2): a proxy that compresses weakens it. */
function names(known: string, etag: string): boolean {
  if (known === etag || known.trim() === '*') return true;
  return known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
