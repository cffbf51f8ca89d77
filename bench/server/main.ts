import type { AddressInfo } from 'node:net';
import { openPorts } from '@frontrow/adapters/open-ports.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { readServerConfig } from '@frontrow/http/config.ts';
import { createLogger } from '@frontrow/http/logger.ts';
import { compose } from '@frontrow/http/serve.ts';
import { addYardsticks } from './yardsticks.ts';

/** The HTTP process as apps/http/src/main.ts runs it, with the yardsticks beside its routes. It ends with its parent. */
const { http: config, ports } = readServerConfig(process.env);
const logger = createLogger(config.logLevel);
const opened = await openPorts(ports, logger);
const { app } = compose({ application: createApplication(opened.ports), config, opened, logger });
addYardsticks(app, { tokenSigner: opened.ports.tokenSigner, auth: config.auth });
await app.listen({ host: '127.0.0.1', port: 0 });

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ cpuMicros: user + system, rssBytes: rss, heapUsedBytes: heapUsed });
});
process.on('disconnect', () => void app.close().then(() => opened.close()));
process.send?.({ port: (app.server.address() as AddressInfo).port });
