import { openPorts } from '@frontrow/adapters/open-ports.ts';
import type { OpenedPorts } from '@frontrow/adapters/process/opened-ports.ts';
import { startClockCheck } from '@frontrow/adapters/process/clock-check.ts';
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';
import { createWorkerJobs } from '@frontrow/adapters/process/jobs/worker-jobs.ts';
import { createWorkerMetrics } from '@frontrow/adapters/process/jobs/worker-metrics.ts';
import { listenOn } from '@frontrow/adapters/process/listen.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { createReadiness } from '@frontrow/adapters/process/readiness.ts';
import { registerReadiness } from '@frontrow/adapters/process/readiness-metric.ts';
import { startTracing } from '@frontrow/adapters/process/tracing/start-tracing.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { Registry, collectDefaultMetrics } from '@prometheus-io/client';
import closeWithGrace from 'close-with-grace';
import { readWorkerConfig } from './config.ts';
import { registerGauges } from './gauges.ts';
import { createProbes } from './probes.ts';

await exitOnStartError(async () => {
  const config = readWorkerConfig(process.env);
  const { host, port, logLevel, shutdownGraceMs, ports } = config;
  const tracing = await startTracing(config.tracing, 'frontrow-worker');
  const logger = createLogger(logLevel, { fields: tracing.logFields });
  tracing.reportTo(logger);
  const opened = await openPorts(ports, logger, tracing);
  const clock = startClockCheck(opened.readClockOffsetMs ?? (async () => 0), logger);
  const readiness = createReadiness([...opened.dependencies, clock.dependency]);

  const registry = createRegistry(opened);
  registerReadiness(registry, readiness);
  const probes = createProbes({ readiness, registry });
  const variables = { host: 'WORKER_HOST', port: 'WORKER_PORT' };
  const address = await listenOn(probes, { host, port, variables });
  const jobs = createWorkerJobs(createApplication(opened.ports), createWorkerMetrics(registry));
  const running = await opened.ports.jobs.start(jobs);
  console.log(`frontrow worker listening on ${address}`);

  closeWithGrace({ delay: shutdownGraceMs, logger }, async ({ err, signal }) => {
    if (err !== undefined) logger.fatal({ err }, 'worker stops after a defect');
    else logger.info({ signal }, 'worker stops when the running jobs have ended');
    readiness.stop();
    clock.stop();
    await running.stop();
    await tracing.stop();
    await probes.close();
    await opened.close();
    logger.info('worker stopped');
  });
});

function createRegistry(opened: OpenedPorts): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  registerGauges(registry, opened);
  return registry;
}
