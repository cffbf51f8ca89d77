import type { Readiness } from '@frontrow/adapters/process/readiness.ts';
import { type FastifyBaseLogger, LogController, fastify } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { addHealth } from './observability/health.ts';
import type { Metrics } from './observability/metrics.ts';
import { addValidation } from './plugins/validation.ts';
import { handleError, handleNotFound } from './problems/errors.ts';
import type { App } from './routes/route.ts';

export type OperationsServerParts = {
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly logger: FastifyBaseLogger;
};

/** Builds the server of probes and metrics, for a port that the public does not reach; does not listen. */
export function buildOperationsServer({ readiness, metrics, logger }: OperationsServerParts): App {
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(handleNotFound);
  addValidation(app);
  addHealth(app, readiness, metrics);
  return app;
}
