import type { Server, ServerResponse } from 'node:http';
import { createManualClock } from '@frontrow/adapters/memory/store/manual-clock.ts';
import { createMemoryPorts } from '@frontrow/adapters/memory/memory-ports.ts';
import { createWorkerJobs } from '@frontrow/adapters/process/jobs/worker-jobs.ts';
import { createWorkerMetrics } from '@frontrow/adapters/process/jobs/worker-metrics.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { createSystemClock } from '@frontrow/adapters/system/clock.ts';
import { createSaleCodeTexts } from '@frontrow/adapters/system/sale-code-texts.ts';
import { createTicketCodes } from '@frontrow/adapters/system/ticket-codes.ts';
import { createTokenSigner } from '@frontrow/adapters/system/token-signer.ts';
import { createWebhookSecretGenerator } from '@frontrow/adapters/system/webhook-secrets.ts';
import { createWebhookSender } from '@frontrow/adapters/webhooks/webhook-sender.ts';
import { createApplication } from '@frontrow/application/application.ts';
import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { OnWait } from '@frontrow/application/waiting-room/wait-tracker.ts';
import { readEmbeddedConfig } from '@frontrow/http/config.ts';
import { compose } from '@frontrow/http/serve.ts';
import { Registry } from '@prometheus-io/client';
import { AUTH_JWT_SECRET } from '../access-tokens.ts';
import { createClient } from '../client.ts';
import { createFan } from '../fan.ts';
import { createOperator } from '../operator.ts';
import { seededRandom } from '../seeded-random.ts';
import type { Site } from './site.ts';

/** A site in the memory of this process. */
export type MemorySite = Site & {
  /** Now by the clock of the server, in ms since 1970. */
  now(): number;
  /** Moves the clock of the server; throws where time passes by itself. */
  advance(ms: number): void;
};

export type MemorySiteOptions = {
  /** The instant, in ms since 1970, at which the clock of the server stands; by default it is the system's and runs. */
  readonly standingAt?: number;
  /** Settings beside those of a server for development. */
  readonly env?: Readonly<Record<string, string>>;
};

const SECRETS = [{ keyId: 'TEST', secret: 'a secret that only the tests of the pages know' }];
const ENV = { AUTH_MODE: 'dev', AUTH_JWT_SECRET, PORT: '0', QUEUE_POLL_LIMIT: 'off', RATE_LIMITS: 'off' };

/** Serves the pages and the API on memory adapters, with the jobs of the worker, without demo concerts. */
export async function startMemorySite({ standingAt, env = {} }: MemorySiteOptions = {}): Promise<MemorySite> {
  const manualClock = standingAt === undefined ? null : createManualClock(standingAt);
  const clock = manualClock ?? createSystemClock();
  const logger = createLogger(process.env['FRONTROW_TEST_LOG'] === '1' ? 'info' : 'error');
  let waited: OnWait | null = null;
  const ports = createMemoryPorts({
    clock,
    random: seededRandom(14),
    ids: createCountedIds(),
    tokenSigner: createTokenSigner(SECRETS),
    webhookSender: createWebhookSender({ allowsPrivate: true }),
    newWebhookSecret: createWebhookSecretGenerator(),
    ticketCodes: createTicketCodes(SECRETS),
    saleCodeTexts: createSaleCodeTexts(SECRETS),
    onJobError: (err, job) => logger.error({ err, job }, 'a job failed'),
    onWait: (wait) => waited?.(wait),
  });
  const application = createApplication(ports);
  const opened = {
    ports,
    dependencies: [],
    poolConnections: () => null,
    readClockOffsetMs: null,
    onWait: (added: OnWait) => void (waited = added),
    close: async () => undefined,
  };
  const { app, operations, readiness } = compose({
    application,
    config: readEmbeddedConfig({ ...ENV, ...env }),
    opened,
    logger,
  });
  tellTime(app.server, clock);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const jobs = await ports.jobs.start(createWorkerJobs(application, createWorkerMetrics(new Registry())));
  const client = createClient(url);
  const fan: Site['fan'] = (userId, scope) => createFan(userId, () => client, scope);
  const admin = fan('operator', 'admin');
  return {
    ...createOperator(admin),
    admin,
    fan,
    url,
    now: () => clock.now(),
    advance(ms) {
      if (manualClock === null) throw new Error('the clock of this site runs by itself');
      manualClock.advance(ms);
    },
    async close() {
      readiness.stop();
      await client.close();
      await app.close();
      await operations.close();
      await jobs.stop();
    },
  };
}

/** Ids of the form of a ULID that are the same in every run. */
function createCountedIds() {
  let count = 0;
  const next = () => `01${String((count += 1)).padStart(24, '0')}`;
  return { next, nextIn: next };
}

/** Sends the time of the server's clock as the `Date` of every answer, in place of the system's. */
function tellTime(server: Server, clock: Clock): void {
  server.prependListener('request', (_, answer: ServerResponse) => {
    answer.setHeader('Date', new Date(clock.now()).toUTCString());
  });
}
