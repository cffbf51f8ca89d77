import type { AddressInfo } from 'node:net';
import { openPorts } from '@frontrow/adapters/open-ports.ts';
import { createApplication } from '@frontrow/application/application.ts';
import type { Cache } from '@frontrow/application/ports/shared/cache.ts';
import { readServerConfig } from '@frontrow/http/config.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { compose } from '@frontrow/http/serve.ts';
import { trackHeapUsage } from './heap-usage.ts';
import { addGuardedBaselines } from './guarded-baselines.ts';
import { addStoredAnswers } from './stored-answers.ts';
import { addBareBaselines } from './bare-baselines.ts';

/**
 * The HTTP process of apps/http/src/main.ts with baseline routes. It answers each IPC message with its usage and exits when
 * its parent disconnects.
 */
const { http: config, ports } = readServerConfig(process.env);
const logger = createLogger(config.logLevel);
const opened = await openPorts(ports, logger);
// For `pnpm bench cache`: with BENCH_CACHE=off every read goes to the database.
const noCache: Cache = { fetch: (_key, load) => load(), invalidate: async () => undefined };
const used = process.env['BENCH_CACHE'] === 'off' ? { ...opened.ports, cache: noCache } : opened.ports;
const { app } = compose({ application: createApplication(used), config, opened, logger });
addGuardedBaselines(app);
addStoredAnswers(app);
addBareBaselines(app);
await app.listen({ host: '127.0.0.1', port: 0 });

const heapUsage = trackHeapUsage();
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ cpuMicros: user + system, rssBytes: rss, heapUsedBytes: heapUsed, ...heapUsage() });
});
process.on('disconnect', () => void app.close().then(() => opened.close()));
process.send?.({ port: (app.server.address() as AddressInfo).port });
