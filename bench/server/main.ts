import type { AddressInfo } from 'node:net';
import { openPorts } from '@frontrow/adapters/open-ports.ts';
import { createApplication } from '@frontrow/application/application.ts';
import type { Cache } from '@frontrow/application/ports/shared/cache.ts';
import { readServerConfig } from '@frontrow/http/config.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { compose } from '@frontrow/http/serve.ts';
import { watchGarbage } from './garbage.ts';
import { addMirrors } from './mirrors.ts';
import { addBaselines } from './baselines.ts';

/** The HTTP process as apps/http/src/main.ts runs it, with the baselines beside its routes. It ends with its parent. */
const { http: config, ports } = readServerConfig(process.env);
const logger = createLogger(config.logLevel);
const opened = await openPorts(ports, logger);
// For the benchmark that asks what the cache is worth: every read goes to the database.
const noCache: Cache = { fetch: (_key, load) => load(), invalidate: async () => undefined };
const used = process.env['BENCH_CACHE'] === 'off' ? { ...opened.ports, cache: noCache } : opened.ports;
const { app } = compose({ application: createApplication(used), config, opened, logger });
addMirrors(app);
addBaselines(app);
await app.listen({ host: '127.0.0.1', port: 0 });

const garbage = watchGarbage();
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ cpuMicros: user + system, rssBytes: rss, heapUsedBytes: heapUsed, ...garbage() });
});
process.on('disconnect', () => void app.close().then(() => opened.close()));
process.send?.({ port: (app.server.address() as AddressInfo).port });
