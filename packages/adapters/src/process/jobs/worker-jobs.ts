import type { Application } from '@frontrow/application/application.ts';
import type { Job } from '@frontrow/application/ports/shared/jobs.ts';
import { type JobName, SCHEDULES } from './schedules.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

/** The jobs of the worker. Any process may run any of them, at the same time as others, and may be killed in one. */
export function createWorkerJobs(application: Application, metrics: WorkerMetrics): Job[] {
  const runs: Record<JobName, Job['run']> = {
    'admit-waiting': async () => {
      metrics.admitted.inc(await application.admitWaiting());
      metrics.lastTick.setToCurrentTime();
    },
    'relay-outbox': async () => metrics.outboxDelivered.inc(await application.relayOutbox()),
    'deliver-webhooks': (stopping) =>
      application.deliverWebhooks(stopping, ({ delivered, failed, disabled }) => {
        metrics.webhookAttempts.inc({ outcome: 'delivered' }, delivered);
        metrics.webhookAttempts.inc({ outcome: 'failed' }, failed);
        metrics.webhookEndpointsDisabled.inc(disabled);
      }),
    'expire-sessions': async () => metrics.sessionsEnded.inc(await application.expireSessions()),
    'sweep-holds': async () => metrics.holdsSwept.inc(await application.sweepHolds()),
    'end-cancelled-dates': async () =>
      metrics.cancelledReservationsEnded.inc(await application.endCancelledDates()),
    'count-inventory': application.countInventory,
    'save-watermarks': application.saveWatermarks,
    'list-open-rooms': application.listOpenRooms,
    'save-ledger-totals': application.saveLedgerTotals,
    'purge-records': async () => metrics.recordsPurged.inc(await application.purgeRecords()),
  };
  return (Object.keys(SCHEDULES) as JobName[]).map((name) => ({
    name,
    everyMs: SCHEDULES[name],
    run: observe(name, runs[name], metrics),
  }));
}

function observe(
  job: JobName,
  run: Job['run'],
  { duration, failures, lastSuccess }: WorkerMetrics,
): Job['run'] {
  return async (stopping) => {
    const stop = duration.startTimer({ job });
    try {
      await run(stopping);
      lastSuccess.setToCurrentTime({ job });
    } catch (error) {
      failures.inc({ job });
      throw error;
    } finally {
      stop();
    }
  };
}
