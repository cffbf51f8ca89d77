import { openPorts } from '@frontrow/adapters/open-ports.ts';
import { createApplication } from '@frontrow/application/application.ts';
import type { Cache } from '@frontrow/application/ports/shared/cache.ts';
import { readServerConfig } from '@frontrow/http/config.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { compose } from '@frontrow/http/serve.ts';
import { addGuardedBaselines } from './guarded-baselines.ts';
import { listenAndReportUsage } from './report-usage.ts';

/**
 * The HTTP process of apps/http/src/main.ts with the guarded baselines.
 */
const { http: config, ports } = readServerConfig(process.env);
const logger = createLogger(config.logLevel);
const opened = await openPorts(ports, logger);
// For `pnpm bench cache`: with BENCH_CACHE=off every read goes to the database.
const noCache: Cache = { fetch: (_key, load) => load(), invalidate: async () => undefined };
const used = process.env['BENCH_CACHE'] === 'off' ? { ...opened.ports, cache: noCache } : opened.ports;
const { app } = compose({ application: createApplication(used), config, opened, logger });
addGuardedBaselines(app);
await listenAndReportUsage(app, () => void app.close().then(() => opened.close()));
