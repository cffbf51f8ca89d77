import type { Dependency } from '@frontrow/adapters/open-ports.ts';
import type { Registry } from '@prometheus-io/client';
import { type FastifyInstance, fastify } from 'fastify';

const CHECK_TIMEOUT_MS = 1_000;

type ProbesOptions = {
  readonly dependencies: readonly Dependency[];
  readonly registry: Registry;
  readonly isStopping: () => boolean;
};

/** /livez, /readyz and /metrics; builds, never listens. */
export function createProbes({ dependencies, registry, isStopping }: ProbesOptions): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const checks = await Promise.all(dependencies.map(check));
    const isReady = checks.every(({ status }) => status === 'ok');
    const status = isStopping() ? 'stopping' : isReady ? 'ok' : 'failed';
    return reply.code(status === 'ok' ? 200 : 503).send({ status, dependencies: checks });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return app;
}

async function check({ name, check: ask }: Dependency): Promise<{ name: string; status: 'ok' | 'failed' }> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error('no answer in time')), CHECK_TIMEOUT_MS);
  try {
    await Promise.race([ask(), timeout.promise]);
    return { name, status: 'ok' };
  } catch {
    return { name, status: 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
