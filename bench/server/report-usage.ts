import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { trackHeapUsage } from './heap-usage.ts';

/**
 * Listens on a free loopback port and sends it to the parent process, then answers each IPC message with the usage of
 * this process. Calls `stop` when the parent disconnects.
 */
export async function listenAndReportUsage(
  app: Pick<FastifyInstance, 'listen' | 'server'>,
  stop: () => void,
): Promise<void> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const heapUsage = trackHeapUsage();
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    process.send?.({ cpuMicros: user + system, rssBytes: rss, heapUsedBytes: heapUsed, ...heapUsage() });
  });
  process.on('disconnect', stop);
  process.send?.({ port: (app.server.address() as AddressInfo).port });
}
