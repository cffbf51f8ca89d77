import type { OpenedPorts } from '@frontrow/adapters/process/opened-ports.ts';
import { type Reading, type RegisterGauge, registerWebhookGauges } from './webhook-gauges.ts';
import { Gauge, type Registry } from '@prometheus-io/client';

/** Gauges that a scrape reads. Those of outbox, webhooks and jobs are the same in every process: aggregate them by maximum. */
export function registerGauges(registry: Registry, opened: OpenedPorts): void {
  const { ports, poolConnections, readClockOffsetMs } = opened;
  const gauge: RegisterGauge = (name, help, labelNames, read) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        for (const { labels, value } of await readOrNothing(read)) this.set(labels, value);
      },
    });

  gauge('frontrow_outbox_oldest_age_seconds', 'Age of the oldest undelivered message.', [], async () => [
    { labels: {}, value: (await ports.outboxReads.oldestAgeMs()) / 1000 },
  ]);
  registerWebhookGauges(gauge, ports);
  gauge(
    'frontrow_clock_offset_seconds',
    'How far the clock of this process is ahead of that of Redis.',
    [],
    async () =>
      readClockOffsetMs === null ? [] : [{ labels: {}, value: (await readClockOffsetMs()) / 1000 }],
  );
  gauge('frontrow_jobs', 'Runs of jobs, by state; the same in every process.', ['queue', 'state'], async () =>
    byState((await ports.jobReads.read()).runs, { queue: 'jobs' }),
  );
  gauge(
    'frontrow_db_pool_connections',
    'Connections to MySQL of this process, by state.',
    ['state'],
    async () => byState(poolConnections() ?? {}, {}),
  );
}

function byState(counts: Readonly<Record<string, number>>, labels: Record<string, string>): Reading[] {
  return Object.entries(counts).map(([state, value]) => ({ labels: { ...labels, state }, value }));
}

/** Returns no readings where their server is down, so that the others are served. */
async function readOrNothing(read: () => Promise<Reading[]>): Promise<Reading[]> {
  try {
    return await read();
  } catch {
    return [];
  }
}
