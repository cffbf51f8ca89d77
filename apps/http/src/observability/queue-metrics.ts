import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import type { WaitEstimate } from '@frontrow/domain/waiting-room/wait-estimate/wait-estimate.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';
import { LRUCache } from 'lru-cache';

/** What this process has told those who wait. */
export type QueueMetrics = {
  /** A poll was answered with this status, or refused for coming too early. */
  readonly polled: (answer: QueueStatus['status'] | 'RATE_LIMITED') => void;
  readonly streams: Pick<Gauge, 'inc' | 'dec'>;
  /** A wait has ended in admission that was estimated while it lasted. */
  readonly estimated: (wait: WaitEstimate & { readonly realisedMs: number }) => void;
  /** The bearer of this ticket, if any yet, was told this. */
  readonly statusSent: (bearer: Pick<Ticket, 'userId' | 'sessionExpiresAt'>, status: QueueStatus) => void;
};

const WAIT_BUCKETS_S = [1, 5, 10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200];
/** Waits of more concerts than this share one label. */
const CONCERTS_MAX = 200;
/** Claims that are recognised when they are told again. */
const CLAIMS_MAX = 10_000;

export function createQueueMetrics(registry: Registry): QueueMetrics {
  const registers = [registry];
  const streams = new Gauge({
    name: 'frontrow_queue_streams',
    help: 'Event streams of queue status that are open.',
    registers,
  });
  const waits = new Histogram({
    name: 'frontrow_queue_wait_seconds',
    help: 'From joining to the first ACTIVE answer of this process, of those who claimed their slot by asking for it.',
    labelNames: ['concert'],
    buckets: WAIT_BUCKETS_S,
    registers,
  });
  const errors = new Histogram({
    name: 'frontrow_queue_estimate_error_seconds',
    help: 'How far estimated waits were from the realised ones, without sign, of a sample of those who polled.',
    buckets: WAIT_BUCKETS_S,
    registers,
  });
  const estimates = new Counter({
    name: 'frontrow_queue_estimates_total',
    help: 'Estimated waits that have ended, by whether they lasted no longer than the p90 of the estimate.',
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
      // A fan who goes on asking with the ticket from before is told the same again.
      const key = `${concertId} ${issuedAt} ${userId}`;
      if (claims.get(key) !== undefined) return;
      claims.set(key, true);
      waits.observe({ concert: labelOf(concertId) }, (asOf - issuedAt) / 1000);
    },
  };
}

/** Counted in plain numbers until a scrape asks: a counter with labels costs as much as the rest of a poll's answer. */
function countPolls(registry: Registry): QueueMetrics['polled'] {
  const counts = new Map<string, number>();
  const polls = new Counter({
    name: 'frontrow_queue_polls_total',
    help: 'Polls of queue status by what they were answered with.',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      polls.reset();
      for (const [answer, count] of counts) polls.inc({ outcome: answer.toLowerCase() }, count);
    },
  });
  return (answer) => void counts.set(answer, (counts.get(answer) ?? 0) + 1);
}
