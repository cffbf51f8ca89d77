import { openPorts } from '@frontrow/adapters/open-ports.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { createReadiness } from '@frontrow/adapters/process/readiness.ts';
import { NO_TRACING } from '@frontrow/adapters/process/tracing/tracing.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { createCrowdProcess } from '../crowd/crowd-process.ts';
import { createMetrics } from '../observability/metrics.ts';
import { NO_POLL_LIMIT } from '../routes/waiting-room/poll-limit.ts';
import { buildServer } from '../server.ts';

const UNUSED_SECRET = 'nothing-is-signed-while-documenting';

/** Generates the text of docs/openapi.json: the document of every route, including those for development. */
export async function generateOpenapi(): Promise<string> {
  const logger = createLogger('silent');
  const secrets = [{ keyId: 'unused', secret: UNUSED_SECRET }];
  const { ports, poolConnections } = await openPorts(
    { mode: 'memory', queueTokenSecrets: secrets, entryTicketSecrets: secrets },
    logger,
  );
  const app = buildServer({
    application: createApplication(ports),
    authenticate: () => null,
    tokenSigner: ports.tokenSigner,
    config: {
      operationsPort: null,
      auth: { kind: 'dev', secret: UNUSED_SECRET, issuer: undefined, audience: undefined, lifetimeMaxS: 1 },
      corsOrigins: [],
      requestsInFlightMax: 1,
      trustedProxies: [],
      queueStreamsMax: 0,
      hstsMaxAgeS: 0,
      walletCharges: 'scoped',
    },
    web: null,
    pollLimit: NO_POLL_LIMIT,
    rateLimiter: null,
    tracing: NO_TRACING,
    crowd: createCrowdProcess(logger),
    readiness: createReadiness([]),
    metrics: createMetrics({ ...ports, poolConnections }),
    logger,
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return `${JSON.stringify(document, null, 2)}\n`;
}
