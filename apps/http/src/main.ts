import { openPorts } from '@frontrow/adapters/open-ports.ts';
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { readServerConfig } from './config.ts';
import { serve } from './serve.ts';

await exitOnStartError(async () => {
  const { http, ports } = readServerConfig(process.env);
  const logger = createLogger(http.logLevel);
  const opened = await openPorts(ports, logger);
  await serve({ application: createApplication(opened.ports), config: http, opened, logger });
});
