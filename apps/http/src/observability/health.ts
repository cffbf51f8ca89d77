import type { Readiness } from '@frontrow/adapters/process/readiness.ts';
import { z } from 'zod';
import type { App } from '../routes/route.ts';
import { liveness, readiness as readinessSchema } from './health-schema.ts';
import type { Metrics } from './metrics.ts';

/** Adds /livez, /readyz and /metrics, which need no identity. */
export function addHealth(app: App, readiness: Readiness, metrics: Metrics): void {
  const tags = ['Operation'];

  app.route({
    method: 'GET',
    url: '/livez',
    config: { identity: 'anyone' },
    schema: {
      operationId: 'getLiveness',
      summary: 'Report that the process runs',
      description: 'For the liveness probe of an orchestrator; checks no dependency.',
      tags,
      response: { 200: liveness },
    },
    handler: async (_request, reply) => reply.send({ status: 'ok' }),
  });

  app.route({
    method: 'GET',
    url: '/readyz',
    config: { identity: 'anyone' },
    schema: {
      operationId: 'getReadiness',
      summary: 'Report whether the process can serve: 503 while a dependency fails or it is shutting down',
      description: 'For the readiness probe of a load balancer; names each dependency with its status.',
      tags,
      response: { 200: readinessSchema, 503: readinessSchema },
    },
    handler: async (_request, reply) => {
      const report = await readiness.check();
      return reply.code(report.status === 'ok' ? 200 : 503).send(report);
    },
  });

  app.route({
    method: 'GET',
    url: '/metrics',
    config: { identity: 'anyone' },
    schema: {
      operationId: 'getMetrics',
      summary: 'Read the metrics in the text format of Prometheus',
      description: 'For Prometheus.',
      tags,
      response: {
        200: { description: 'Prometheus text', content: { 'text/plain': { schema: z.string() } } },
      },
    },
    handler: async (_request, reply) =>
      reply
        .header('Content-Type', metrics.registry.contentType)
        .serializer(String)
        .send(await metrics.scrape()),
  });
}
