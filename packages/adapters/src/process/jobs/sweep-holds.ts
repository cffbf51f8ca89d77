import type { Application } from '@frontrow/application/application.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

export function createSweepHoldsProcessor(
  { sweepHolds }: Pick<Application, 'sweepHolds'>,
  { holdsSwept }: WorkerMetrics,
) {
  return async (): Promise<void> => holdsSwept.inc(await sweepHolds());
}
