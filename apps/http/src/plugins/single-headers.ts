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
    const repeated = SINGLE.find((name) => isRepeated(name, request.raw.rawHeaders));
    if (repeated === undefined) done();
    else done(invalidRequest([{ pointer: `/header/${repeated}`, detail: 'must be sent once' }]));
  });
}

/** `rawHeaders` has the name and the value of each header in turn. */
function isRepeated(name: string, rawHeaders: readonly string[]): boolean {
  const lowerCase = name.toLowerCase();
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const candidate = rawHeaders[index] ?? '';
    if (candidate.length === name.length && candidate.toLowerCase() === lowerCase) count += 1;
  }
  return count > 1;
}
