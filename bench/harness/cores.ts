import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Which core the server under measurement has to itself, and which one everything else shares. */
export type Cores = { readonly server: string; readonly rest: string };

/** Null where there is one core only, or no `taskset`: then nothing is pinned, and the report says so. */
export function findCores(): Cores | null {
  if (availableParallelism() < 2) return null;
  const hasTaskset = spawnSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' }).status === 0;
  return hasTaskset ? { server: '1', rest: '0' } : null;
}

/** Keeps this process, and whatever it starts from now on, off the server's core. */
export function moveAside(cores: Cores | null): void {
  if (cores !== null)
    spawnSync('taskset', ['-a', '-c', '-p', cores.rest, String(process.pid)], { stdio: 'ignore' });
}

/** Gives this process, but not what it has started, the server's core: for what is measured in it. */
export function moveToServerCore(cores: Cores | null): void {
  if (cores !== null)
    spawnSync('taskset', ['-a', '-c', '-p', cores.server, String(process.pid)], { stdio: 'ignore' });
}

/** The command on the server's core. */
export function onServerCore(cores: Cores | null, command: readonly string[]): readonly string[] {
  return cores === null ? command : ['taskset', '-c', cores.server, ...command];
}
