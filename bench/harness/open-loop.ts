import type { Socket } from 'node:net';
import { median } from './compare.ts';
import { type Answer, type Generator, hearAnswers, openSocket } from './generator.ts';

/** What somebody who came at a fixed moment waited, in ms from that moment. */
export type Latencies = {
  readonly count: number;
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<number, number>>;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** From the first arrival to the last answer: well below the rate asked for where the server did not keep up. */
  readonly achievedPerSecond: number;
};

/** Sends each request when it is due, whether or not those before it are answered. */
export type OpenLoop = {
  fire(requests: readonly Buffer[], perSecond: number): Promise<Latencies>;
  close(): void;
};

/** How long after the last arrival every answer must have come. */
const DRAIN_MS = 10_000;
/** Timers are early or late by half of this; for arrivals that are closer the loop turns without sleeping. */
const TIMER_ERROR_MS = 2;

/** `sleeps`: it leaves the core to what the server waits for, and sends up to a millisecond late, which is counted. */
type OpenLoopOptions = { readonly sleeps?: boolean };

/**
 * A generator with fixed arrivals: request n is due n / rate seconds after the start, and its latency counts from then,
 * also when it had to wait for a free connection, so that a slow answer is not left out by holding back those behind it
 * (coordinated omission: Gil Tene, wrk2, https://github.com/giltene/wrk2). Throws when a connection breaks, or when the
 * answers are not there ten seconds after the last arrival.
 */
export async function openOpenLoop(
  port: number,
  connections: number,
  { sleeps = false }: OpenLoopOptions = {},
): Promise<OpenLoop> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => openSocket(port)));
  return {
    fire: (requests, perSecond) => arrive(sockets, requests, { perSecond, sleeps }),
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

/**
 * How many requests a second are answered when there is always one under way on each connection of the generator: the
 * median of the slices. Throws when one is answered otherwise than with `status`.
 */
export async function saturatingRate(
  generator: Generator,
  slices: readonly (readonly Buffer[])[],
  status: number,
): Promise<number> {
  const rates: number[] = [];
  for (const slice of slices) {
    const { statuses, count, elapsedMs } = await generator.fire(slice);
    if (statuses[status] !== count) throw new Error(`answered ${JSON.stringify(statuses)} at saturation`);
    rates.push((count / elapsedMs) * 1_000);
  }
  return median(rates);
}

type Pace = { readonly perSecond: number; readonly sleeps: boolean };

function arrive(sockets: readonly Socket[], requests: readonly Buffer[], { perSecond, sleeps }: Pace) {
  const idle = [...sockets];
  const dueAtOf = new Map<Socket, number>();
  const statuses: Record<number, number> = {};
  const latencies: number[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const startedAt = performance.now();
  const dueAt = (index: number) => startedAt + (index / perSecond) * 1_000;
  let next = 0;
  let over = false;

  const sendDue = (now: number) => {
    while (next < requests.length && idle.length > 0 && dueAt(next) <= now) {
      const socket = idle.pop()!;
      dueAtOf.set(socket, dueAt(next));
      socket.write(requests[next++]!);
    }
  };
  const tick = () => {
    const now = performance.now();
    sendDue(now);
    if (over || next === requests.length) return;
    // With no connection free the next answer sends; the timer only keeps the turn.
    const waitMs = idle.length === 0 ? TIMER_ERROR_MS : dueAt(next) - now;
    if (sleeps) setTimeout(tick, waitMs);
    else if (waitMs >= TIMER_ERROR_MS) setTimeout(tick, waitMs - TIMER_ERROR_MS / 2);
    else setImmediate(tick);
  };
  const answered = (socket: Socket, { status }: Answer) => {
    const now = performance.now();
    statuses[status] = (statuses[status] ?? 0) + 1;
    latencies.push(now - dueAtOf.get(socket)!);
    idle.push(socket);
    sendDue(now);
    if (latencies.length === requests.length) resolve();
  };
  const stops = sockets.map((socket) => hearAnswers(socket, (answer) => answered(socket, answer), reject));
  const deadline = setTimeout(
    () => reject(new Error(`${latencies.length} of ${requests.length} were answered in time`)),
    dueAt(requests.length) - startedAt + DRAIN_MS,
  );
  tick();
  return promise
    .then(() => summarise(latencies, statuses, performance.now() - startedAt))
    .finally(() => {
      over = true;
      clearTimeout(deadline);
      stops.forEach((stop) => stop());
    });
}

function summarise(
  latencies: readonly number[],
  statuses: Latencies['statuses'],
  elapsedMs: number,
): Latencies {
  const sorted = Float64Array.from(latencies).toSorted();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  return {
    count: sorted.length,
    statuses,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    achievedPerSecond: (sorted.length / elapsedMs) * 1_000,
  };
}
