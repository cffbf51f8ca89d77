import { Gauge, type Registry } from '@prometheus-io/client';
import type { Readiness } from './readiness.ts';

/** Each scrape checks the dependencies as `/readyz` does, and takes as long as that check at most. */
export function registerReadiness(registry: Registry, readiness: Pick<Readiness, 'check'>): void {
  const ready = new Gauge({
    name: 'frontrow_dependency_ready',
    help: 'Whether the dependency of this process can serve, as /readyz reports it: 1 or 0.',
    labelNames: ['dependency'],
    registers: [registry],
    async collect() {
      const { dependencies } = await readiness.check();
      for (const { name, status } of dependencies) ready.set({ dependency: name }, status === 'ok' ? 1 : 0);
    },
  });
}
