import type { ExpectedVersions, Version } from '@frontrow/domain/catalog/concert.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refused } from '../../problems/errors.ts';

const TAG = /^"(\d{1,10})"$/;

export const ifMatch = z.looseObject({
  'if-match': z
    .string()
    .optional()
    .meta({ description: 'The `ETag` that was read, or `*` for any; required', examples: ['"3"'] }),
});

/** The refusals of a route that requires `ifMatch`. */
export const IF_MATCH_PROBLEMS = ['PRECONDITION_FAILED', 'PRECONDITION_REQUIRED'] as const;

/** The versions that `If-Match` names (RFC 9110, section 13.1.1). Throws `Refused` without the header. */
export function expectedVersions({ headers }: FastifyRequest): ExpectedVersions {
  const text = headers['if-match']?.trim() ?? '';
  if (text === '') {
    const detail = 'Send the ETag that you have read as If-Match.';
    throw new Refused({ code: 'PRECONDITION_REQUIRED', detail });
  }
  if (text === '*') return null;
  // A weak tag matches nothing: the comparison is strong.
  return new Set(
    text
      .split(',')
      .flatMap((tag) => TAG.exec(tag.trim())?.[1] ?? [])
      .map(Number),
  );
}

/** Sends the version of the body as its `ETag`. */
export function withEntityTag(reply: FastifyReply, { version }: { readonly version: Version }): FastifyReply {
  return reply.header('ETag', `"${version}"`);
}
