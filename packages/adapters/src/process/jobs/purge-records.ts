import type { Application } from '@frontrow/application/application.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

export function createPurgeRecordsProcessor(
  { purgeRecords }: Pick<Application, 'purgeRecords'>,
  { recordsPurged }: WorkerMetrics,
) {
  return async (): Promise<void> => recordsPurged.inc(await purgeRecords());
}
