import {
  adapterVariables,
  logVariables,
  realPortsConfig,
} from '@frontrow/adapters/process/adapter-variables.ts';
import { parseEnvironment, wholeNumber } from '@frontrow/adapters/process/environment.ts';
import { tracingConfigOf } from '@frontrow/adapters/process/tracing/tracing.ts';
import { z } from 'zod';

const workerVariables = z.object({
  ...adapterVariables,
  ...logVariables,
  WORKER_HOST: z.string().default('127.0.0.1'),
  WORKER_PORT: wholeNumber(0, 65_535).default(3001),
  SHUTDOWN_GRACE_MS: wholeNumber(100, 300_000).default(10_000),
});

export type WorkerConfig = ReturnType<typeof readWorkerConfig>;

/** Reads the configuration of the worker. Throws `ConfigurationError`. */
export function readWorkerConfig(env: NodeJS.ProcessEnv) {
  const variables = parseEnvironment(workerVariables, env);
  return {
    /** The address of the probes and metrics; port 0 for a free port. */
    host: variables.WORKER_HOST,
    port: variables.WORKER_PORT,
    logLevel: variables.LOG_LEVEL,
    /** How long running jobs may take before the process exits. */
    shutdownGraceMs: variables.SHUTDOWN_GRACE_MS,
    ports: realPortsConfig(variables),
    tracing: tracingConfigOf(variables),
  };
}
