import { setImmediate as yieldToRequests, setTimeout as sleep } from 'node:timers/promises';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { WatchSeats } from '@frontrow/application/use-cases/booking/watch-seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { EventNotBookable, NotFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { type SeatHistory, createSeatHistory } from './seat-history.ts';
import type { SeatStream } from './seat-stream.ts';

export type CurrentSeats = Result<SeatHistory, NotFound | EventNotBookable>;

export type SeatFeedTimes = {
  /** The time from the start of a read to the start of the next one. */
  readonly readEveryMs: number;
  readonly tickEveryMs: number;
};

/**
 * The seats of one date, read for all of its streams in this process. A lapsed hold changes them as a commit does: the read
 * compares with the database's clock.
 *
 * - STARTING: the first read runs. Who opens a stream waits for it.
 * - CURRENT: the last read has succeeded. Every read adds to the history, and a change is sent to every stream.
 * - REFUSED: by the last read, the date is not public or not bookable. Every stream has ended with that reason.
 * - UNAVAILABLE: the last read has failed. The streams have been told once and stay open. The next read that succeeds makes
 *   the feed CURRENT, or REFUSED.
 * - CLOSED: nobody watches. Nothing is read. The next one who watches the date starts a new feed.
 */
export type SeatFeed = {
  /** The history as of the last read. Throws `Unavailable` where that has failed. */
  current(): Promise<CurrentSeats>;
  add(stream: SeatStream): void;
  remove(stream: SeatStream): void;
  close(): void;
};

type SeatFeedParts = {
  readonly eventId: EventId;
  readonly read: WatchSeats['read'];
  readonly times: SeatFeedTimes;
  readonly onDefect: (error: unknown) => void;
};

/** How many streams are served before the event loop serves the requests that have arrived. */
const STREAMS_PER_BATCH = 250;

export function startSeatFeed({ eventId, read, times, onDefect }: SeatFeedParts): SeatFeed {
  const streams = new Set<SeatStream>();
  let history: SeatHistory | null = null;
  const first = Promise.withResolvers<CurrentSeats>();
  let current = first.promise;
  let isUnavailable = false;
  const closing = new AbortController();
  let nextTickAtMs = 0;

  /** Sets the answer of `current()`. */
  function settle(outcome: Promise<CurrentSeats>): void {
    outcome.catch(() => {}); // nobody may be waiting
    first.resolve(outcome);
    current = outcome;
  }

  /** Returns whether the streams have something to send. */
  async function refresh(): Promise<boolean> {
    const states = await read(eventId);
    const isAwaited = isUnavailable;
    isUnavailable = false;
    if (!states.ok) {
      settle(Promise.resolve(states));
      for (const stream of streams) stream.endFor(states.refusal);
      return false;
    }
    const hasChanged = history?.add(states.value, isAwaited) ?? false;
    history ??= createSeatHistory(states.value);
    settle(Promise.resolve(ok(history)));
    return hasChanged;
  }

  function fail(cause: unknown): void {
    settle(Promise.reject(cause));
    if (closing.signal.aborted) return; // the process may be closing its connections
    if (!(cause instanceof Unavailable)) onDefect(cause);
    if (!isUnavailable) for (const stream of streams) stream.sendUnavailable();
    isUnavailable = true;
  }

  async function refreshOrFail(): Promise<boolean> {
    try {
      return await refresh();
    } catch (cause) {
      fail(cause);
      return false;
    }
  }

  async function serve(hasChanged: boolean): Promise<void> {
    const nowMs = performance.now();
    const isTick = nowMs >= nextTickAtMs;
    if (!isTick && !hasChanged) return;
    if (isTick) nextTickAtMs = nowMs + times.tickEveryMs;
    let served = 0;
    for (const stream of streams) {
      if (isTick) void stream.tick(nowMs);
      else stream.follow();
      served += 1;
      if (served % STREAMS_PER_BATCH === 0) await yieldToRequests();
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const nextReadAtMs = performance.now() + times.readEveryMs;
      await serve(await refreshOrFail());
      await sleep(Math.max(0, nextReadAtMs - performance.now()));
    }
  }

  first.promise.catch(() => {});
  void run();
  return {
    current: () => current,
    add: (stream) => void streams.add(stream),
    remove: (stream) => void streams.delete(stream),
    close: () => closing.abort(),
  };
}
