import type { FastifyInstance } from 'fastify';
import { invalidRequest } from '../problems/errors.ts';

/**
 * Node keeps the first of several and drops the others without a sign, and a proxy may keep another one. Node joins the
 * other headers that the API reads by commas, which none of their syntaxes allows.
 */
const SINGLE = ['Host', 'Authorization', 'Content-Type'];

/** Refuses a request that has one of these headers twice, before anything reads it. */
export function addSingleHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const repeated = repeatedIn(request.raw.rawHeaders);
    if (repeated === undefined) done();
    else done(invalidRequest([{ pointer: `/header/${repeated}`, detail: 'must be sent once' }]));
  });
}

/** `rawHeaders` has the name and the value of each header in turn. */
function repeatedIn(rawHeaders: readonly string[]): string | undefined {
  let seen = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const single = singleOf(rawHeaders[index]!);
    if (single === -1) continue;
    if ((seen & (1 << single)) !== 0) return SINGLE[single];
    seen |= 1 << single;
  }
  return undefined;
}

/** The index in `SINGLE`; the lengths differ, so most names are compared with none. */
function singleOf(name: string): number {
  for (let index = 0; index < SINGLE.length; index += 1) {
    const single = SINGLE[index]!;
    if (single.length === name.length && single.toLowerCase() === name.toLowerCase()) return index;
  }
  return -1;
}
