import { cpus, loadavg, totalmem } from 'node:os';
import type { Cores } from './cpu-cores.ts';

/** Hardware, versions and load of the machine, one line each. */
export function describeMachine(cores: Cores | null, services: Readonly<Record<string, string>>): string[] {
  const [cpu] = cpus();
  const load = loadavg().map((average) => average.toFixed(1));
  return [
    `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ` +
      `${process.platform} ${process.arch}, Node ${process.version}`,
    ...Object.entries(services).map(([name, how]) => `${name}: ${how}`),
    cores === null
      ? 'nothing is pinned to a core'
      : `server on core ${cores.server}; load generator, MySQL and Redis on core ${cores.rest}`,
    `load averages at the start ${load.join(', ')}: above about 1 other programs were running`,
  ];
}
