import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenedPorts } from '@frontrow/adapters/process/opened-ports.ts';
import { listenOn } from '@frontrow/adapters/process/listen.ts';
import { createReadiness } from '@frontrow/adapters/process/readiness.ts';
import { registerReadiness } from '@frontrow/adapters/process/readiness-metric.ts';
import { NO_TRACING, type Tracing } from '@frontrow/adapters/process/tracing/tracing.ts';
import type { Application } from '@frontrow/application/application.ts';
import { collectDefaultMetrics } from '@prometheus-io/client';
import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';
import type { HttpConfig } from './config.ts';
import type { CrowdProcess } from './crowd/crowd-process.ts';
import { createAuthenticator } from './identity/authenticator.ts';
import { createMetrics } from './observability/metrics.ts';
import { buildOperationsServer } from './operations-server.ts';
import { createRateLimiter } from './rate-limits/rate-limiter.ts';
import { NO_POLL_LIMIT, createPollLimit } from './routes/waiting-room/poll-limit.ts';
import { buildServer } from './server.ts';
import { pageSettingsOf } from './web/page-settings.ts';
import { WEB_BUILD_FOLDER, openWeb } from './web/web-build.ts';

export type Serving = {
  readonly application: Application;
  readonly config: HttpConfig;
  readonly opened: OpenedPorts;
  readonly logger: Logger;
  /** Untraced unless it is given. */
  readonly tracing?: Pick<Tracing, 'startRequest'>;
  /** Null unless it is given: bots come in memory mode alone. */
  readonly crowd?: CrowdProcess | null;
  /** Stops what else runs in this process, before the ports close. */
  readonly stopOthers?: () => Promise<unknown>;
};

/**
 * Listens and answers the address. On a signal, readiness fails first, then the server accepts no more connections and
 * answers the requests in flight, and the ports close last.
 */
export async function serve({ stopOthers, ...parts }: Serving): Promise<string> {
  const { config, opened, logger } = parts;
  const { app, operations, readiness } = compose(parts);
  const { host, port, operationsPort } = config;
  const address = await listenOn(app, { host, port, variables: { host: 'HOST', port: 'PORT' } });
  const variables = { host: 'HOST', port: 'OPERATIONS_PORT' };
  const probes =
    operationsPort === null ? null : await listenOn(operations, { host, port: operationsPort, variables });
  console.log(`frontrow http listening on ${address}`);
  if (probes !== null) console.log(`frontrow http probes at ${probes}`);

  const delay = config.shutdownDelayMs + config.shutdownGraceMs;
  closeWithGrace({ delay, logger }, async ({ err, signal }) => {
    if (err !== undefined) logger.fatal({ err }, 'http stops after a defect');
    else logger.info({ signal }, 'http stops when the requests in flight are answered');
    readiness.stop();
    await sleep(config.shutdownDelayMs);
    await app.close();
    await operations.close(); // after `app`: the probes answer until it is drained
    await stopOthers?.();
    await opened.close();
    logger.info('http stopped');
  });
  return address;
}

/** Builds the server as it runs in production; does not listen. */
export function compose(parts: Omit<Serving, 'stopOthers'>) {
  const { application, config, opened, logger, crowd = null, tracing = NO_TRACING } = parts;
  const { authenticate, check } = createAuthenticator(config.auth);
  const readiness = createReadiness([...opened.dependencies, { name: 'identity', check }]);
  const metrics = createMetrics({ ...opened.ports, poolConnections: opened.poolConnections });
  collectDefaultMetrics({ register: metrics.registry });
  registerReadiness(metrics.registry, readiness);
  opened.onWait(metrics.queue.estimated);
  const { tokenSigner } = opened.ports;
  const { web: webConfig, walletCharges } = config;
  const web = webConfig && openWeb(WEB_BUILD_FOLDER, pageSettingsOf(webConfig, walletCharges));
  const pollLimit = config.limitsPolls ? createPollLimit(() => performance.now()) : NO_POLL_LIMIT;
  const rateLimiter = config.limitsClients ? createRateLimiter(() => performance.now()) : null;
  const app = buildServer({
    application,
    authenticate,
    tokenSigner,
    config,
    web,
    pollLimit,
    rateLimiter,
    crowd,
    tracing,
    readiness,
    metrics,
    logger,
  });
  const operations = buildOperationsServer({ readiness, metrics, logger });
  return { app, operations, readiness };
}
