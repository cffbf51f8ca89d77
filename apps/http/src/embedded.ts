import { randomBytes } from 'node:crypto';
import { openPorts } from '@frontrow/adapters/open-ports.ts';
import { type SeededConcert, seedDemoConcerts } from '@frontrow/adapters/process/seed-demo-concerts.ts';
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';
import { createWorkerJobs } from '@frontrow/adapters/process/jobs/worker-jobs.ts';
import { createWorkerMetrics } from '@frontrow/adapters/process/jobs/worker-metrics.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { Registry } from '@prometheus-io/client';
import { readEmbeddedConfig } from './config.ts';
import { createCrowdProcess } from './crowd/crowd-process.ts';
import { serve } from './serve.ts';

/** Runs the API and the worker's jobs on memory adapters, with demo concerts. */
await exitOnStartError(async () => {
  const config = readEmbeddedConfig(process.env);
  const { webhooksAllowPrivate } = config;
  const logger = createLogger(config.logLevel);
  const opened = await openPorts(
    {
      mode: 'memory',
      queueTokenSecrets: newSecrets(),
      entryTicketSecrets: newSecrets(),
      webhooksAllowPrivate,
    },
    logger,
  );
  const application = createApplication(opened.ports);
  const concerts = await seedDemoConcerts(application, opened.ports.clock.now());

  const jobs = createWorkerJobs(application, createWorkerMetrics(new Registry()));
  const running = await opened.ports.jobs.start(jobs);
  // Without development tokens, a bot has no identity.
  const crowd = config.auth.kind === 'dev' ? createCrowdProcess(logger) : null;
  const address = await serve({
    application,
    config,
    opened,
    logger,
    crowd,
    stopOthers: () => Promise.all([crowd?.stop(), running.stop()]),
  });

  console.log(
    [
      '',
      'frontrow runs in memory mode: for this one process only, and it forgets everything at exit.',
      '',
      ...describeAddresses(address, config.web !== null),
      '',
      `There are ${concerts.length} demo concerts.`,
      ...concerts.flatMap(describePresale),
      'In a second terminal,',
      `  FRONTROW_URL=${address} npm run crowd   lets 200 bots wait, choose seats and pay;`,
      `  FRONTROW_URL=${address} npm run demo    shows the requests and answers of one fan.`,
      describeCors(config.corsOrigins),
      'Stop with Ctrl+C.',
      '',
    ].join('\n'),
  );
});

function describeAddresses(address: string, hasPages: boolean): readonly string[] {
  const pages = [`  Open ${address}`, '', `  console  ${address}/console`];
  return [...(hasPages ? pages : []), `  docs     ${address}/docs`, `  OpenAPI  ${address}/openapi.json`];
}

function describePresale({ concert, saleCode }: SeededConcert): string[] {
  return saleCode === null ? [] : [`${concert.title} is in presale, for the sale code ${saleCode}.`];
}

function describeCors(origins: readonly string[]): string {
  return origins.length === 0
    ? 'Browsers may not call from pages of other origins. To allow one: CORS_ORIGINS=http://localhost:5173 npm start'
    : `Browsers may call from pages of ${origins.join(', ')} (CORS_ORIGINS).`;
}

function newSecrets() {
  return [{ keyId: 'EMBEDDED', secret: randomBytes(32).toString('base64url') }];
}
