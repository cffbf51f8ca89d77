import { createMemoryPorts } from '@frontrow/adapters/memory/memory-ports.ts';
import { createManualClock } from '@frontrow/adapters/memory/store/manual-clock.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { type Dependency, createReadiness } from '@frontrow/adapters/process/readiness.ts';
import { createUlidGenerator } from '@frontrow/adapters/system/id-generator.ts';
import { createSaleCodeTexts } from '@frontrow/adapters/system/sale-code-texts.ts';
import { createTicketCodes } from '@frontrow/adapters/system/ticket-codes.ts';
import { createTokenSigner } from '@frontrow/adapters/system/token-signer.ts';
import { createWebhookSecretGenerator } from '@frontrow/adapters/system/webhook-secrets.ts';
import { createWebhookSender } from '@frontrow/adapters/webhooks/webhook-sender.ts';
import { NO_TRACING } from '@frontrow/adapters/process/tracing/tracing.ts';
import { createApplication } from '@frontrow/application/application.ts';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import type { AuthConfig, WalletCharges } from '../../src/config.ts';
import type { CrowdProcess } from '../../src/crowd/crowd-process.ts';
import { createAuthenticator } from '../../src/identity/authenticator.ts';
import { createMetrics } from '../../src/observability/metrics.ts';
import { createRateLimiter } from '../../src/rate-limits/rate-limiter.ts';
import { createPollLimit } from '../../src/routes/waiting-room/poll-limit.ts';
import { buildServer } from '../../src/server.ts';
import type { Web } from '../../src/web/web-build.ts';
import { TEST_SECRET } from './access-token.ts';
import { createCaller } from './caller.ts';

export type TestServerOptions = {
  readonly auth?: AuthConfig;
  readonly corsOrigins?: readonly string[];
  readonly requestsInFlightMax?: number;
  readonly queueStreamsMax?: number;
  readonly hstsMaxAgeS?: number;
  readonly walletCharges?: WalletCharges;
  readonly limitsClients?: boolean;
  readonly trustedProxies?: readonly string[];
  readonly operationsPort?: number;
  readonly web?: Web;
  readonly logLevel?: 'debug' | 'info';
  readonly crowd?: CrowdProcess;
  readonly dependencies?: readonly Dependency[];
  /** Replaces ports of the memory adapter. */
  readonly replacePorts?: (ports: Ports) => Ports;
};

export type TestServer = ReturnType<typeof createTestServer>;

const TEST_AUTH: AuthConfig = {
  kind: 'secret',
  secret: TEST_SECRET,
  issuer: undefined,
  audience: undefined,
  lifetimeMaxS: 86_400,
};
export const START = Date.parse('2026-12-01T11:00:00.000Z');

/** The HTTP server on memory ports, with a clock that the test advances. */
export function createTestServer(options: TestServerOptions = {}) {
  const { auth = TEST_AUTH, corsOrigins = [], dependencies = [] } = options;
  const { requestsInFlightMax = 1_000, queueStreamsMax = 100 } = options;
  const { replacePorts = (ports) => ports, hstsMaxAgeS = 0, operationsPort = null } = options;
  const { walletCharges = 'open', logLevel = 'debug' } = options;
  const { limitsClients = false, trustedProxies = [], web = null, crowd = null } = options;
  const clock = createManualClock(START);
  const secrets = [{ keyId: 'TEST', secret: 'a-secret-of-the-tests-32-characters' }];
  const tokenSigner = createTokenSigner(secrets);
  const ports = replacePorts(
    createMemoryPorts({
      clock,
      ids: createUlidGenerator(),
      random: () => 0.5,
      tokenSigner,
      webhookSender: createWebhookSender({ allowsPrivate: false }),
      newWebhookSecret: createWebhookSecretGenerator(),
      ticketCodes: createTicketCodes(secrets),
      saleCodeTexts: createSaleCodeTexts(secrets),
      onJobError: (_job, error) => {
        throw error;
      },
    }),
  );
  const logs: string[] = [];
  const readiness = createReadiness(dependencies);
  const application = createApplication(ports);
  const app = buildServer({
    application,
    authenticate: createAuthenticator(auth).authenticate,
    tokenSigner,
    config: {
      auth,
      corsOrigins,
      trustedProxies,
      requestsInFlightMax,
      queueStreamsMax,
      hstsMaxAgeS,
      walletCharges,
      operationsPort,
    },
    web,
    pollLimit: createPollLimit(() => clock.now()),
    rateLimiter: limitsClients ? createRateLimiter(() => clock.now()) : null,
    crowd,
    tracing: NO_TRACING,
    readiness,
    metrics: createMetrics({ ...ports, poolConnections: () => null }),
    logger: createLogger(logLevel, { destination: { write: (line) => logs.push(line) } }),
  });
  const call = createCaller(app);
  return { app, application, ports, clock, tokenSigner, logs, readiness, call };
}
