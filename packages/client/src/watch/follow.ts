import type { Answer, Failure } from '../answer.ts';
import { backoffMs } from '../backoff.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import type { Connection } from './connection.ts';
import { startTimer } from './elapsed.ts';
import type { StreamEvent } from './event-parser.ts';
import { type StreamReader, readStream } from './read-stream.ts';
import { createStreamHealth } from './stream-health.ts';

/** What an answer or an event says about the next one. */
export type Step<End> =
  | { readonly kind: 'NEXT'; readonly pollAfterMs: number }
  /** An event of a stream that cannot tell anything at present, and stays open. */
  | { readonly kind: 'UNAVAILABLE' }
  | { readonly kind: 'END'; readonly end: End };

/** Something of the server that changes. */
export type Subject<End, Problem> = {
  /** Absent where there is no stream of it. */
  readonly openStream?: (
    lastEventId: string | null,
    signal: AbortSignal,
  ) => Promise<Answer<unknown, Problem>>;
  readonly onEvent?: (event: StreamEvent) => Step<End>;
  readonly poll: (signal: AbortSignal) => Promise<Step<End> | Failure<Problem>>;
  /** Whether the next stream has to begin anew after a poll. */
  readonly pollsForgetEvents?: boolean;
};

export type FollowOptions = {
  readonly signal?: AbortSignal;
  readonly onConnection?: (connection: Connection) => void;
  readonly random?: () => number;
};

export type FollowEnd<End, Problem> =
  End | { readonly kind: 'REFUSED'; readonly problem: Problem } | { readonly kind: 'ABORTED' };

export type Following<End> = {
  /** Call it when the page is shown again or the network is back: asks at once, but not before the server allows it. */
  refresh(): void;
  /** Why it is over. */
  readonly ended: Promise<End>;
};

/** A stream that has not begun by then is held back by a proxy. */
const STREAM_OPENS_WITHIN_MS = 10_000;
/** A stream that lasted so long has worked. */
const STREAM_WORKED_MS = 30_000;
const BETWEEN_REQUESTS_MIN_MS = 1_000;
const BETWEEN_POLLS_MIN_MS = 100;
/** A timer of a longer time would ring at once. */
const BETWEEN_POLLS_MAX_MS = 86_400_000;
/** A problem with one of these codes may be gone the next time. */
const PASSING = new Set(['UNREACHABLE', 'UNAVAILABLE', 'RATE_LIMITED', 'STREAM_LIMIT', 'INTERNAL']);

/**
 * Follows a subject until it ends, is refused or the signal is aborted.
 *
 * - STREAMING: a stream is open. It goes on from the last event when the server ends it.
 * - POLLING: two streams in a row have failed, or the server refuses streams. A stream is tried again later, or as soon as the
 *   next poll is further away than that.
 * - WAITING: a request has failed. The next one is made after `Retry-After` and a growing wait.
 */
export function follow<End, Problem extends { readonly code: string }>(
  subject: Subject<End, Problem>,
  { signal = new AbortController().signal, onConnection, random = Math.random }: FollowOptions,
): Following<FollowEnd<End, Problem>> {
  type Outcome = FollowEnd<End, Problem> | null;
  const alarm: Alarm = createAlarm(signal);
  const streams = createStreamHealth();
  let lastEventId: string | null = null;
  let failures = 0;
  let lastPoll: 'NONE' | 'WORKED' | 'FAILED' = 'NONE';
  let pollAfterMs = 0;
  let sinceStatus = startTimer();
  let open: StreamReader | null = null;

  const untilPoll = () => Math.max(0, pollAfterMs - sinceStatus());
  const untilStream = () => (subject.openStream === undefined ? Infinity : streams.blockedMs());

  /** Returns the end, if the step is one. */
  function take(step: Step<End>, kind: 'streaming' | 'polling'): Outcome {
    if (step.kind === 'END') return step.end;
    if (step.kind === 'UNAVAILABLE') {
      onConnection?.({ kind: 'waiting', code: 'UNAVAILABLE', retryAt: null });
      return null;
    }
    failures = 0;
    pollAfterMs = Math.min(BETWEEN_POLLS_MAX_MS, Math.max(BETWEEN_POLLS_MIN_MS, step.pollAfterMs));
    sinceStatus = startTimer();
    onConnection?.({ kind });
    return null;
  }

  async function waitAfter(code: string, waitMs: number, earliestMs: number): Promise<null> {
    onConnection?.({ kind: 'waiting', code, retryAt: Date.now() + waitMs });
    await alarm.wait(waitMs, earliestMs);
    return null;
  }

  async function handle({ problem, retryAfterMs }: Failure<Problem>): Promise<Outcome> {
    if (signal.aborted) return { kind: 'ABORTED' };
    if (!PASSING.has(problem.code)) return { kind: 'REFUSED', problem: problem as Problem };
    failures += 1;
    const waitMs = backoffMs(failures, retryAfterMs, random);
    return waitAfter(problem.code, waitMs, retryAfterMs ?? BETWEEN_REQUESTS_MIN_MS);
  }

  async function stream(): Promise<Outcome> {
    const waitMs = untilStream();
    if (waitMs > 0) await alarm.wait(waitMs, lastPoll === 'WORKED' ? waitMs : BETWEEN_REQUESTS_MIN_MS);
    if (signal.aborted || subject.openStream === undefined) return { kind: 'ABORTED' };
    const attempt = new AbortController();
    const opening = setTimeout(() => attempt.abort(), STREAM_OPENS_WITHIN_MS);
    const answer = await subject.openStream(lastEventId, AbortSignal.any([signal, attempt.signal]));
    clearTimeout(opening);
    if (answer.ok && isEventStream(answer.response)) return read(answer.data as ReadableStream<Uint8Array>);
    attempt.abort(); // nobody reads what is left of the answer
    const isRefused = answer.ok || refusesStreams(answer.problem);
    streams.failed(isRefused);
    const isPassing = answer.ok || PASSING.has(answer.problem.code);
    // A page need not know that streams do not work as long as polls do.
    return answer.ok || (isPassing && (isRefused || lastPoll === 'WORKED')) ? null : handle(answer);
  }

  function reportResumed(): void {
    if (lastEventId !== null) onConnection?.({ kind: 'streaming' });
  }

  async function read(body: ReadableStream<Uint8Array>): Promise<Outcome> {
    const lasted = startTimer();
    let outcome: Outcome = null;
    const onEvent = (event: StreamEvent) => {
      outcome = subject.onEvent === undefined ? null : take(subject.onEvent(event), 'streaming');
      lastEventId = event.id ?? lastEventId;
      return outcome === null;
    };
    open = readStream(body, onEvent, reportResumed);
    const { kind, retryMs, events } = await open.result;
    open = null;
    if (outcome !== null) return outcome;
    if (signal.aborted) return { kind: 'ABORTED' };
    const waitMs = Math.max(BETWEEN_REQUESTS_MIN_MS, retryMs);
    if (events > 0) lastPoll = 'NONE';
    if (kind === 'OVER' && events > 0) {
      streams.worked();
      await alarm.wait(waitMs, BETWEEN_REQUESTS_MIN_MS);
      return null;
    }
    if (kind === 'BROKEN' && lasted() > STREAM_WORKED_MS) streams.worked();
    streams.failed(false);
    return lastPoll === 'WORKED' ? null : waitAfter('UNREACHABLE', waitMs, BETWEEN_REQUESTS_MIN_MS);
  }

  async function poll(): Promise<Outcome> {
    await alarm.wait(untilPoll(), untilPoll());
    if (signal.aborted) return { kind: 'ABORTED' };
    const step = await subject.poll(signal);
    if (!('kind' in step)) {
      lastPoll = 'FAILED';
      return handle(step);
    }
    // Streams that failed while polls failed say nothing about streams.
    if (lastPoll === 'FAILED') streams.forgive();
    lastPoll = 'WORKED';
    if (subject.pollsForgetEvents === true) lastEventId = null;
    return take(step, 'polling');
  }

  async function run(): Promise<FollowEnd<End, Problem>> {
    for (;;) {
      if (signal.aborted) return { kind: 'ABORTED' };
      const outcome = await (untilStream() <= untilPoll() ? stream() : poll());
      if (outcome !== null) return outcome;
    }
  }

  return {
    refresh() {
      open?.checkSilence();
      alarm.hurry();
    },
    ended: run(),
  };
}

/** Whether a poll may be answered although a stream is not. */
function refusesStreams(problem: { readonly code: string; readonly reason?: unknown }): boolean {
  return problem.code === 'STREAM_LIMIT' || problem.reason === 'NOT_FRONTROW';
}

function isEventStream({ headers }: Response): boolean {
  return headers.get('Content-Type')?.includes('text/event-stream') ?? false;
}
