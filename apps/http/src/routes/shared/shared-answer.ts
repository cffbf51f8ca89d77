import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendJson } from './send-json.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is public and at most a second old: it has an `ETag`, and is 304 for a client that has it. */
    cacheable?: true;
  }
}

/** The JSON of an answer that many requests share. */
export type SharedAnswer = { readonly json: string; readonly etag: string };

const ETAG_LENGTH = 27;

/** The tag is a digest of the JSON, so that every instance computes the same. */
export function shareAnswer(body: object): SharedAnswer {
  const json = JSON.stringify(body);
  return { json, etag: etagOf(json) };
}

/** The tag is weak (RFC 9110, section 8.8.1): that of `compared`, which has all of the body whose change matters. */
export function shareAnswerByPart(body: object, compared: object): SharedAnswer {
  return { json: JSON.stringify(body), etag: `W/${etagOf(JSON.stringify(compared))}` };
}

export function etagOf(json: string): string {
  return `"${hash('sha256', json, 'base64url').slice(0, ETAG_LENGTH)}"`;
}

/** Sends the answer with its tag, or 304 where `If-None-Match` names it. Caches may keep it for a second. */
export function sendShared(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { json, etag }: SharedAnswer,
): FastifyReply {
  reply.header('Cache-Control', 'public, max-age=1').header('ETag', etag);
  if (hasAnswer(headers, etag)) return reply.code(304).send();
  return sendJson(reply, json);
}

/** Whether `If-None-Match` names the tag, so that the client has the answer already. */
export function hasAnswer(headers: FastifyRequest['headers'], etag: string): boolean {
  const known = headers['if-none-match'];
  return known !== undefined && names(known, etag);
}

/** Compares tags weakly (RFC 9110, section 13.1.2), because a proxy that compresses an answer weakens its tag. */
function names(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((tag) => opaqueOf(tag.trim()) === opaqueOf(etag));
}

function opaqueOf(tag: string): string {
  return tag.replace(/^W\//, '');
}
