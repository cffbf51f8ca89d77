import type { Application } from '@frontrow/application/application.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

export function createExpireSessionsProcessor(
  { expireSessions }: Pick<Application, 'expireSessions'>,
  { sessionsEnded }: WorkerMetrics,
) {
  return async (): Promise<void> => sessionsEnded.inc(await expireSessions());
}
