import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Application } from '@frontrow/application/application.ts';
import type { Answer } from '@frontrow/application/shared/idempotently.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Gauge } from '@prometheus-io/client';
import type { FastifyInstance, FastifyBaseLogger, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { WalletCharges } from '../config.ts';
import type { QueueMetrics } from '../observability/queue-metrics.ts';
import type { Code } from '../problems/problem.ts';
import type { Streams } from '../streams/streams.ts';
import type { PollLimit } from './waiting-room/poll-limit.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The codes of this route, without those that follow from its identity, ticket, key and body. */
    problems?: readonly Code[];
    /** Headers that only the successful answer has, each with its description. */
    answerHeaders?: Readonly<Record<string, string>>;
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Counts the outcomes of holds and payments. */
export type Outcomes = { readonly hold: Count; readonly payment: Count };
type Count = (result: Result<Answer<unknown>, { readonly code: Code }>) => void;

export type RouteContext = Streams & {
  readonly application: Application;
  readonly outcomes: Outcomes;
  readonly pollLimit: PollLimit;
  readonly seatStreamCount: Pick<Gauge, 'inc' | 'dec'>;
  readonly queueMetrics: QueueMetrics;
  readonly walletCharges: WalletCharges;
};

/** Adds one operation of the API to the server. */
export type Route = (app: App, context: RouteContext) => void;
