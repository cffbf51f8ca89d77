import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { type Problem, sendProblem } from '../problems/problem.ts';
import { appendHook, prependHook } from './route-hooks.ts';

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
 * Refuses a request at once while `max` are in flight. A request is in flight from the arrival of its body until its answer
 * is ready. So slow senders take nothing from the others, and a client that goes away makes no room while its work goes on.
 */
export function addInFlightLimit(app: FastifyInstance, inFlight: RequestsInFlight, max: number): void {
  app.decorateRequest('inFlight', null);

  const admit: onRequestHookHandler = (request, reply, done) => {
    if (inFlight.count >= max) return refuse(reply);
    inFlight.count += 1;
    request.inFlight = inFlight;
    done();
  };
  const check: onRequestHookHandler = (_request, reply, done) => {
    if (inFlight.count < max) done();
    else refuse(reply);
  };
  app.addHook('onRoute', (route) => {
    const takesBody = route.schema?.body !== undefined;
    // A refusal costs little here: the access token is not verified yet.
    route.onRequest = appendHook(takesBody ? check : admit, route.onRequest);
    // Others may have been counted while the body arrived.
    if (takesBody) route.preValidation = prependHook(admit, route.preValidation);
  });

  app.addHook('onSend', (request, _reply, _payload, done) => {
    stopCounting(request);
    done();
  });
}

/** Counts the request no longer, although it is not answered. For an event stream, which stays open. */
export function stopCounting(request: FastifyRequest): void {
  if (request.inFlight === null) return;
  request.inFlight.count -= 1;
  request.inFlight = null;
}

function refuse(reply: FastifyReply): void {
  sendProblem(reply, OVERLOADED);
}
