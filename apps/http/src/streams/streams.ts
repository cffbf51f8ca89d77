import type { Application } from '@frontrow/application/application.ts';
import type { FastifyBaseLogger } from 'fastify';
import type { QueueMetrics } from '../observability/queue-metrics.ts';
import { type OpenStreams, type OpenStreamsParts, createOpenStreams } from './open-streams.ts';
import { type QueueStreams, createQueueStreams } from './queue-streams.ts';
import { type SeatStreams, createSeatStreams } from './seat-streams.ts';

/** The event streams of a process, of both kinds, and what limits and ends all of them. */
export type Streams = {
  readonly openStreams: OpenStreams;
  readonly queueStreams: QueueStreams;
  readonly seatStreams: SeatStreams;
};

type StreamsParts = OpenStreamsParts & {
  readonly application: Pick<Application, 'getQueueStatus' | 'watchSeats'>;
  readonly queueMetrics: Pick<QueueMetrics, 'statusSent'>;
  readonly logger: FastifyBaseLogger;
};

export function createStreams({ application, queueMetrics, logger, ...limits }: StreamsParts): Streams {
  return {
    openStreams: createOpenStreams(limits),
    queueStreams: createQueueStreams({
      async readStatus(ticket) {
        const status = await application.getQueueStatus(ticket);
        queueMetrics.statusSent(ticket, status);
        return status;
      },
      onDefect: (err) => logger.error({ err }, 'a stream of queue status failed'),
    }),
    seatStreams: createSeatStreams({
      watchSeats: application.watchSeats,
      onDefect: (err) => logger.error({ err }, 'a stream of seats failed'),
    }),
  };
}
