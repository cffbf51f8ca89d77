import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The core that runs only the measured server, and the core that all other processes share, as `taskset` names them. */
export type Cores = { readonly server: string; readonly rest: string };

/** Returns null on a machine with one core or without `taskset`: then no process is pinned. */
export function findCores(): Cores | null {
  if (availableParallelism() < 2) return null;
  const hasTaskset = spawnSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' }).status === 0;
  return hasTaskset ? { server: '1', rest: '0' } : null;
}

/** Pins this process and its future children to the core beside the server's. */
export function leaveServerCore(cores: Cores | null): void {
  if (cores !== null)
    spawnSync('taskset', ['-a', '-c', '-p', cores.rest, String(process.pid)], { stdio: 'ignore' });
}

/** Pins this process, without its children, to the server's core: for measurements inside this process. */
export function useServerCore(cores: Cores | null): void {
  if (cores !== null)
    spawnSync('taskset', ['-a', '-c', '-p', cores.server, String(process.pid)], { stdio: 'ignore' });
}

/** The command line that runs `command` on the server's core. */
export function onServerCore(cores: Cores | null, command: readonly string[]): readonly string[] {
  return cores === null ? command : ['taskset', '-c', cores.server, ...command];
}
