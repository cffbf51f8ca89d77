import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { WaitEstimate } from '@frontrow/domain/waiting-room/wait-estimate/wait-estimate.ts';
import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';
import { LRUCache } from 'lru-cache';

/** Metrics of what this process has answered to fans in a waiting room. */
export type QueueMetrics = {
  /** Counts a poll by the status of its answer, or as refused. */
  readonly polled: (answer: QueueStatus['status'] | 'RATE_LIMITED') => void;
  readonly streams: Pick<Gauge, 'inc' | 'dec'>;
  /** Observes an estimate after the place was admitted. */
  readonly estimated: (wait: WaitEstimate & { readonly realisedMs: number }) => void;
  /** Observes the wait of a place at its first ACTIVE status. `presented` is the ticket of the request. */
  readonly statusSent: (presented: Pick<Ticket, 'userId' | 'sessionExpiresAt'>, status: QueueStatus) => void;
};

const WAIT_BUCKETS_S = [1, 5, 10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200];
/** The waits of further concerts share the label `other`. */
const CONCERTS_MAX = 200;
/** How many claims are recognised when their status is sent again. */
const CLAIMS_MAX = 10_000;

export function createQueueMetrics(registry: Registry): QueueMetrics {
  const registers = [registry];
  const streams = new Gauge({
    name: 'frontrow_queue_streams',
    help: 'Open event streams of queue status.',
    registers,
  });
  const waits = new Histogram({
    name: 'frontrow_queue_wait_seconds',
    help: 'Time from joining to the first ACTIVE answer of this process.',
    labelNames: ['concert'],
    buckets: WAIT_BUCKETS_S,
    registers,
  });
  const errors = new Histogram({
    name: 'frontrow_queue_estimate_error_seconds',
    help: 'Absolute difference between the estimated median and the realised wait, of a sample of polled places.',
    buckets: WAIT_BUCKETS_S,
    registers,
  });
  const estimates = new Counter({
    name: 'frontrow_queue_estimates_total',
    help: 'Estimates whose wait has ended, by whether it was at most the estimated p90.',
    labelNames: ['within_p90'],
    registers,
  });
  const concerts = new Set<ConcertId>();
  const claims = new LRUCache<string, true>({ max: CLAIMS_MAX });

  function labelOf(concertId: ConcertId): string {
    if (concerts.size < CONCERTS_MAX) concerts.add(concertId);
    return concerts.has(concertId) ? concertId : 'other';
  }

  return {
    polled: countPolls(registry),
    streams,
    estimated({ medianMs, p90Ms, realisedMs }) {
      errors.observe(Math.abs(realisedMs - medianMs) / 1000);
      estimates.inc({ within_p90: String(realisedMs <= p90Ms) });
    },
    statusSent({ userId, sessionExpiresAt }, { status, concertId, issuedAt, asOf }) {
      if (status !== 'ACTIVE' || sessionExpiresAt !== null) return;
      // A fan who polls with the old ticket gets the same answer again.
      const key = `${concertId} ${issuedAt} ${userId}`;
      if (claims.get(key) !== undefined) return;
      claims.set(key, true);
      waits.observe({ concert: labelOf(concertId) }, (asOf - issuedAt) / 1000);
    },
  };
}

/** Counts in a map and fills the counter at a scrape: to increment one with labels doubles the cost of an answer. */
function countPolls(registry: Registry): QueueMetrics['polled'] {
  const counts = new Map<string, number>();
  const polls = new Counter({
    name: 'frontrow_queue_polls_total',
    help: 'Polls of queue status, by the status of the answer, or rate_limited.',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      polls.reset();
      for (const [answer, count] of counts) polls.inc({ outcome: answer.toLowerCase() }, count);
    },
  });
  return (answer) => void counts.set(answer, (counts.get(answer) ?? 0) + 1);
}
