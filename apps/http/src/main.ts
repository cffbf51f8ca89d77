import { openPorts } from '@frontrow/adapters/open-ports.ts';
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { startTracing } from '@frontrow/adapters/process/tracing/start-tracing.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { readServerConfig } from './config.ts';
import { serve } from './serve.ts';

await exitOnStartError(async () => {
  const { http, ports, tracing: tracingConfig } = readServerConfig(process.env);
  const tracing = await startTracing(tracingConfig, 'frontrow-http');
  const logger = createLogger(http.logLevel, { fields: tracing.logFields });
  tracing.reportTo(logger);
  const opened = await openPorts(ports, logger, tracing);
  const application = createApplication(opened.ports);
  await serve({ application, config: http, opened, logger, tracing, stopOthers: tracing.stop });
});
