import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';

export type WorkerMetrics = ReturnType<typeof createWorkerMetrics>;

/** Metrics of the jobs of this process; the sum over all processes is that of the installation. */
export function createWorkerMetrics(registry: Registry) {
  const registers = [registry];
  const labelNames = ['job'] as const;
  return {
    lastSuccess: new Gauge({
      name: 'frontrow_job_last_success_timestamp_seconds',
      help: 'Time of the last successful run of the job in this process.',
      labelNames,
      registers,
    }),
    duration: new Histogram({
      name: 'frontrow_job_duration_seconds',
      help: 'Duration of the runs of the job, failed ones included.',
      labelNames,
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
      registers,
    }),
    failures: new Counter({
      name: 'frontrow_job_failures_total',
      help: 'Failed runs of the job; the next tick is the retry.',
      labelNames,
      registers,
    }),
    lastTick: new Gauge({
      name: 'frontrow_admission_last_tick_timestamp_seconds',
      help: 'Time of the last admission tick of this process, over all rooms.',
      registers,
    }),
    admitted: new Counter({
      name: 'frontrow_queue_admitted_total',
      help: 'Places that ticks of this process have admitted.',
      registers,
    }),
    sessionsEnded: new Counter({
      name: 'frontrow_queue_lapsed_total',
      help: 'Places that this process has parked or ended by time.',
      registers,
    }),
    holdsSwept: new Counter({
      name: 'frontrow_holds_swept_total',
      help: 'Lapsed holds that this process has swept.',
      registers,
    }),
    cancelledReservationsEnded: new Counter({
      name: 'frontrow_cancelled_reservations_ended_total',
      help: 'Reservations of cancelled dates that this process has refunded or released.',
      registers,
    }),
    outboxDelivered: new Counter({
      name: 'frontrow_outbox_delivered_total',
      help: 'Outbox messages that this process has delivered.',
      registers,
    }),
    webhookAttempts: new Counter({
      name: 'frontrow_webhook_attempts_total',
      help: 'Requests to webhook endpoints of this process, by outcome: delivered or failed.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    webhookEndpointsDisabled: new Counter({
      name: 'frontrow_webhook_endpoints_disabled_total',
      help: 'Webhook endpoints that this process has disabled after their failures.',
      registers,
    }),
    recordsPurged: new Counter({
      name: 'frontrow_records_purged_total',
      help: 'Old records that this process has purged.',
      registers,
    }),
  };
}
