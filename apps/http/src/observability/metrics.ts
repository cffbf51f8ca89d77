import type { Ports } from '@frontrow/application/ports/ports.ts';
import { Counter, Gauge, Registry } from '@prometheus-io/client';
import type { RequestsInFlight } from '../plugins/in-flight-limit.ts';
import type { Outcomes } from '../routes/route.ts';
import { createQueueMetrics } from './queue-metrics.ts';
import { createRequestDurations } from './request-durations.ts';

export type PoolConnections = { readonly used: number; readonly free: number; readonly waiting: number };

export type MetricsSources = Pick<Ports, 'waitingRoom' | 'outboxReads'> & {
  /** Returns null in memory mode. */
  poolConnections(): PoolConnections | null;
};

export type Metrics = ReturnType<typeof createMetrics>;

/** The requests that this process has served, and gauges that a scrape reads from rooms, outbox and pool. */
export function createMetrics(sources: MetricsSources) {
  const registry = new Registry();
  const requestsInFlight: RequestsInFlight = { count: 0 };
  const outcomes: Outcomes = {
    hold: countOutcomes(registry, 'frontrow_holds_total', 'Attempts to hold seats, by outcome.'),
    payment: countOutcomes(registry, 'frontrow_payments_total', 'Attempts to pay, by outcome.'),
  };
  // The pool is read first, before the queries of the scrape use it.
  const readings = [
    readPool(registry, sources),
    readInFlight(registry, requestsInFlight),
    readRooms(registry, sources),
    readOutbox(registry, sources),
  ];
  return {
    registry,
    durations: createRequestDurations(registry),
    requestsInFlight,
    outcomes,
    queue: createQueueMetrics(registry),
    seatStreams: new Gauge({
      name: 'frontrow_seat_streams',
      help: 'Open event streams of seats.',
      registers: [registry],
    }),
    /** Returns the text format of Prometheus, without the metrics that cannot be read: readiness reports the cause. */
    async scrape(): Promise<string> {
      await Promise.allSettled(readings.map((read) => read()));
      return registry.metrics();
    },
  };
}

function countOutcomes(registry: Registry, name: string, help: string): Outcomes['hold'] {
  const counter = new Counter({ name, help, labelNames: ['outcome'], registers: [registry] });
  return (result) => {
    if (!result.ok) counter.inc({ outcome: result.refusal.code.toLowerCase() });
    else counter.inc({ outcome: result.value.replayed ? 'replayed' : 'ok' });
  };
}

/** How many rooms one scrape reads. */
const ROOMS_MAX = 200;

/** The values are of the rooms, the same in every process: aggregate them by maximum, not by sum. */
function readRooms(registry: Registry, { waitingRoom }: MetricsSources): () => Promise<void> {
  const registers = [registry];
  const tokens = new Gauge({
    name: 'frontrow_queue_tokens',
    help: 'Queue tokens of the room, by state; the same in every process.',
    labelNames: ['concert', 'state'],
    registers,
  });
  const admitted = new Counter({
    name: 'frontrow_room_admitted_total',
    help: 'Places that the room has admitted; the same in every process.',
    labelNames: ['concert'],
    registers,
  });
  const completed = new Counter({
    name: 'frontrow_room_completed_total',
    help: 'Places of the room that a payment has completed; the same in every process.',
    labelNames: ['concert'],
    registers,
  });
  return async () => {
    for (const metric of [tokens, admitted, completed]) metric.reset();
    const concerts = (await waitingRoom.list()).slice(0, ROOMS_MAX);
    const rooms = await Promise.all(
      concerts.map(async (concert) => ({ concert, counts: await waitingRoom.statistics(concert) })),
    );
    for (const metric of [tokens, admitted, completed]) metric.reset();
    for (const { concert, counts } of rooms) {
      for (const state of ['waiting', 'parked', 'active'] as const)
        tokens.set({ concert, state }, counts[state]);
      admitted.inc({ concert }, counts.admittedTotal);
      completed.inc({ concert }, counts.completedTotal);
    }
  };
}

function readInFlight(registry: Registry, requestsInFlight: RequestsInFlight): () => Promise<void> {
  const gauge = new Gauge({
    name: 'frontrow_requests_in_flight',
    help: 'Requests that this process is serving; REQUESTS_IN_FLIGHT_MAX limits them.',
    registers: [registry],
  });
  return async () => gauge.set(requestsInFlight.count);
}

function readOutbox(registry: Registry, { outboxReads }: MetricsSources): () => Promise<void> {
  const age = new Gauge({
    name: 'frontrow_outbox_oldest_age_seconds',
    help: 'Age of the oldest undelivered message.',
    registers: [registry],
  });
  return async () => {
    age.remove();
    age.set((await outboxReads.oldestAgeMs()) / 1000);
  };
}

function readPool(registry: Registry, sources: MetricsSources): () => Promise<void> {
  if (sources.poolConnections() === null) return async () => {};
  const connections = new Gauge({
    name: 'frontrow_db_pool_connections',
    help: 'Connections to MySQL, by state; waiting counts the queries that wait for one.',
    labelNames: ['state'],
    registers: [registry],
  });
  return async () => {
    for (const [state, count] of Object.entries(sources.poolConnections() ?? {}))
      connections.set({ state }, count);
  };
}
