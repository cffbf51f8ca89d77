import type { Readiness } from '@frontrow/adapters/process/readiness.ts';
import type { Registry } from '@prometheus-io/client';
import { type FastifyInstance, fastify } from 'fastify';

type ProbesOptions = { readonly readiness: Readiness; readonly registry: Registry };

/** Builds the server of /livez, /readyz and /metrics; does not listen. */
export function createProbes({ readiness, registry }: ProbesOptions): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const report = await readiness.check();
    return reply.code(report.status === 'ok' ? 200 : 503).send(report);
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return app;
}
