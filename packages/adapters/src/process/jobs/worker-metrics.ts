import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';

export type WorkerMetrics = ReturnType<typeof createWorkerMetrics>;

/** What the jobs of this process tell; a sum over all processes is the whole. */
export function createWorkerMetrics(registry: Registry) {
  const registers = [registry];
  const labelNames = ['job'] as const;
  return {
    lastSuccess: new Gauge({
      name: 'frontrow_job_last_success_timestamp_seconds',
      help: 'When a run of the job last ended well in this process.',
      labelNames,
      registers,
    }),
    duration: new Histogram({
      name: 'frontrow_job_duration_seconds',
      help: 'How long a run of the job took, failed or not.',
      labelNames,
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
      registers,
    }),
    failures: new Counter({
      name: 'frontrow_job_failures_total',
      help: 'Runs of the job that failed; the next tick tries again.',
      labelNames,
      registers,
    }),
    lastTick: new Gauge({
      name: 'frontrow_admission_last_tick_timestamp_seconds',
      help: 'When this process last looked for whom to admit, in every room.',
      registers,
    }),
    admitted: new Counter({
      name: 'frontrow_queue_admitted_total',
      help: 'Tokens that ticks of this process have moved from waiting to active.',
      registers,
    }),
    sessionsEnded: new Counter({
      name: 'frontrow_queue_lapsed_total',
      help: 'Sessions that this process has ended and unclaimed slots that it has passed on.',
      registers,
    }),
    holdsSwept: new Counter({
      name: 'frontrow_holds_swept_total',
      help: 'Lapsed holds that this process has tidied up.',
      registers,
    }),
    outboxDelivered: new Counter({
      name: 'frontrow_outbox_delivered_total',
      help: 'Outbox messages that this process has delivered.',
      registers,
    }),
    recordsPurged: new Counter({
      name: 'frontrow_records_purged_total',
      help: 'Idempotency keys and outbox rows that this process has removed for their age.',
      registers,
    }),
  };
}
