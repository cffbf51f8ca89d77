import { z } from 'zod';
import {
  adapterVariables,
  logVariables,
  parseEnvironment,
  realPortsConfig,
  wholeNumber,
} from '@frontrow/adapters/process/environment.ts';

const workerVariables = z.object({
  ...adapterVariables,
  ...logVariables,
  WORKER_HOST: z.string().default('127.0.0.1'),
  WORKER_PORT: wholeNumber(0, 65_535).default(3001),
  SHUTDOWN_GRACE_MS: wholeNumber(100, 300_000).default(10_000),
});

export type WorkerConfig = ReturnType<typeof readWorkerConfig>;

/** Throws `ConfigurationError`. */
export function readWorkerConfig(env: NodeJS.ProcessEnv) {
  const variables = parseEnvironment(workerVariables, env);
  return {
    /** Where probes and metrics are served; port 0 lets the system choose. */
    host: variables.WORKER_HOST,
    port: variables.WORKER_PORT,
    logLevel: variables.LOG_LEVEL,
    /** How long running jobs may take before the process ends anyway. */
    shutdownGraceMs: variables.SHUTDOWN_GRACE_MS,
    ports: realPortsConfig(variables),
  };
}
