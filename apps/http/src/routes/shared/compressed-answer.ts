import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptsGzip } from './accepts-gzip.ts';
import { etagOf, hasAnswer } from './shared-answer.ts';
import { addVary } from './vary.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** An answer that many requests share. */
export type CompressedAnswer = { readonly gzip: Buffer; readonly etag: string; readonly type: string };

export async function compressAnswer(body: object): Promise<CompressedAnswer> {
  const json = JSON.stringify(body);
  return { gzip: await compress(json), etag: etagOf(json), type: 'application/json; charset=utf-8' };
}

/** Sends the answer with its tag, or 304 where `If-None-Match` names it; decompressed for a client that asks for that. */
export async function sendCompressed(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { gzip: body, etag, type }: CompressedAnswer,
  cacheControl: string,
): Promise<FastifyReply> {
  reply.header('Cache-Control', cacheControl);
  addVary(reply, 'Accept-Encoding');
  // Weak, because it names both forms.
  reply.header('ETag', `W/${etag}`);
  if (hasAnswer(headers, etag)) return reply.code(304).send();
  reply.type(type);
  if (!acceptsGzip(headers['accept-encoding'])) return reply.send(await decompress(body));
  return reply.header('Content-Encoding', 'gzip').send(body);
}
