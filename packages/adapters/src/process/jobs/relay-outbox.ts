import type { Application } from '@frontrow/application/application.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

export function createRelayOutboxProcessor(
  { relayOutbox }: Pick<Application, 'relayOutbox'>,
  { outboxDelivered }: WorkerMetrics,
) {
  return async (): Promise<void> => outboxDelivered.inc(await relayOutbox());
}
