import type { Application } from '@frontrow/application/application.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

export function createAdmitWaitingProcessor(
  { admitWaiting }: Pick<Application, 'admitWaiting'>,
  { admitted, lastTick }: WorkerMetrics,
) {
  return async (): Promise<void> => {
    admitted.inc(await admitWaiting());
    lastTick.setToCurrentTime();
  };
}
