import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, sendProblem } from '../problems/problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The counter that counts this request; null before its body has arrived and after it is answered. */
    inFlight: RequestsInFlight | null;
  }
}

/** How many requests of this process are being served. */
export type RequestsInFlight = { count: number };

const OVERLOADED: Problem = {
  code: 'UNAVAILABLE',
  detail: 'This instance serves as many requests as it can: try again in a moment.',
};

/**
 * Refuses a request at once while `max` are in flight. A request is in flight from the arrival of its body, so that slow
 * senders take nothing from the others, until its answer is ready, also where the client has gone: the work goes on.
 */
export function addInFlightLimit(app: FastifyInstance, inFlight: RequestsInFlight, max: number): void {
  app.decorateRequest('inFlight', null);

  // The work of a refusal is small here, before the access token is verified.
  app.addHook('onRequest', (_request, reply, done) => {
    if (inFlight.count < max) done();
    else refuse(reply);
  });

  app.addHook('preValidation', (request, reply, done) => {
    // Others may have been counted while the body arrived.
    if (inFlight.count >= max) return refuse(reply);
    inFlight.count += 1;
    request.inFlight = inFlight;
    done();
  });

  app.addHook('onSend', (request, _reply, _payload, done) => {
    leaveFlight(request);
    done();
  });
}

/** Counts the request no longer. Called for a stream, which is never answered as a whole. */
export function leaveFlight(request: FastifyRequest): void {
  if (request.inFlight === null) return;
  request.inFlight.count -= 1;
  request.inFlight = null;
}

function refuse(reply: FastifyReply): void {
  sendProblem(reply, OVERLOADED);
}
