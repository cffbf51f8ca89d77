import type { Parts } from './parts.ts';
import { startVitessProcess } from './start-vitess-process.ts';
import { CELL } from './topology.ts';

/**
 * Starts the process that replaces the primary of a shard of `keyspaces` when its MySQL is dead. It also repairs what tests break
 * on purpose, so it is not started with a cluster.
 */
export async function startVtorc(
  { engine, topology, started }: Parts,
  keyspaces: readonly string[],
): Promise<void> {
  const server = await startVitessProcess({
    name: 'vtorc',
    command: (_dir, port) => [
      engine.vtorc,
      ...topology.flags,
      `--cell=${CELL}`,
      `--clusters-to-watch=${keyspaces.join()}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--instance-poll-time=1s',
      '--log-format=text',
    ],
    url: (port) => `http://127.0.0.1:${port}`,
    isReady: async (port) => (await fetch(`http://127.0.0.1:${port}/debug/health`)).ok,
  });
  started.push(server);
}
