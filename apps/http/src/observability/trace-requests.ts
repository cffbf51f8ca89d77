import type { RequestSpan, Tracing } from '@frontrow/adapters/process/tracing/tracing.ts';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null until the request is traced. */
    span: RequestSpan | null;
  }
}

/** Traces each request from its head to the end of its answer. */
export function addTracing(app: FastifyInstance, startRequest: NonNullable<Tracing['startRequest']>): void {
  app.decorateRequest('span', null);
  app.addHook('onRequest', (request, _reply, done) => {
    const { traceparent } = request.headers;
    request.span = startRequest(request.method, typeof traceparent === 'string' ? traceparent : undefined);
    request.span.run(done);
  });
  // What comes after the body runs in the context of its last packet.
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.span === null) done();
    else request.span.run(done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    request.span?.end(request.method, request.routeOptions.url ?? 'unknown', reply.statusCode);
    done();
  });
}
