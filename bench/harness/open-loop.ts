import type { Socket } from 'node:net';
import { median } from './statistics.ts';
import type { ClosedLoop } from './closed-loop.ts';
import { type Answer, onAnswers, openSocket } from './http-socket.ts';

/** Latencies in ms, from the moment when a request was due. */
export type Latencies = {
  readonly count: number;
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<number, number>>;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Answers per second from the first arrival to the last answer; below the requested rate if the server fell behind. */
  readonly achievedPerSecond: number;
};

/** A load generator that sends each request when it is due, whether or not the previous ones are answered. */
export type OpenLoop = {
  fire(requests: readonly Buffer[], perSecond: number): Promise<Latencies>;
  close(): void;
};

/** How long after the last arrival the answers may take. */
const DRAIN_MS = 10_000;
/** Timers fire up to half of this early or late; for arrivals that are closer than this the event loop does not sleep. */
const TIMER_ERROR_MS = 2;

/** With `sleeps` the core is free for MySQL and Redis; requests are then up to 1 ms late, which counts as latency. */
type OpenLoopOptions = { readonly sleeps?: boolean };

/**
 * Fixed arrivals: request n is due n / `perSecond` seconds after the start. Its latency counts from then, including the
 * wait for a free connection, so that a slow answer also counts for the requests that it delays (coordinated omission:
 * Gil Tene, wrk2, https://github.com/giltene/wrk2). `fire` rejects when a connection breaks or answers are missing 10 s
 * after the last arrival.
 */
export async function openOpenLoop(
  port: number,
  connections: number,
  { sleeps = false }: OpenLoopOptions = {},
): Promise<OpenLoop> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => openSocket(port)));
  return {
    fire: (requests, perSecond) => fireAtRate(sockets, requests, { perSecond, sleeps }),
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

/**
 * Answers per second with one request always in flight on each connection: the median over the slices. Throws when an
 * answer has another status than `status`.
 */
export async function saturatingRate(
  closedLoop: ClosedLoop,
  slices: readonly (readonly Buffer[])[],
  status: number,
): Promise<number> {
  const rates: number[] = [];
  for (const slice of slices) {
    const { statuses, count, elapsedMs } = await closedLoop.fire(slice);
    if (statuses[status] !== count) throw new Error(`answered ${JSON.stringify(statuses)} at saturation`);
    rates.push((count / elapsedMs) * 1_000);
  }
  return median(rates);
}

type Rate = { readonly perSecond: number; readonly sleeps: boolean };

function fireAtRate(sockets: readonly Socket[], requests: readonly Buffer[], { perSecond, sleeps }: Rate) {
  const idle = [...sockets];
  const dueAtOf = new Map<Socket, number>();
  const statuses: Record<number, number> = {};
  const latencies: number[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const startedAt = performance.now();
  const dueAt = (index: number) => startedAt + (index / perSecond) * 1_000;
  let next = 0;
  let isOver = false;

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
    if (isOver || next === requests.length) return;
    // Without an idle connection the next answer sends; the timer only schedules the next look.
    const waitMs = idle.length === 0 ? TIMER_ERROR_MS : dueAt(next) - now;
    if (sleeps) setTimeout(tick, waitMs);
    else if (waitMs >= TIMER_ERROR_MS) setTimeout(tick, waitMs - TIMER_ERROR_MS / 2);
    else setImmediate(tick);
  };
  const onAnswer = (socket: Socket, { status }: Answer) => {
    const now = performance.now();
    statuses[status] = (statuses[status] ?? 0) + 1;
    latencies.push(now - dueAtOf.get(socket)!);
    idle.push(socket);
    sendDue(now);
    if (latencies.length === requests.length) resolve();
  };
  const stops = sockets.map((socket) => onAnswers(socket, (answer) => onAnswer(socket, answer), reject));
  const deadline = setTimeout(
    () => reject(new Error(`${latencies.length} of ${requests.length} are answered within the deadline`)),
    dueAt(requests.length) - startedAt + DRAIN_MS,
  );
  tick();
  return promise
    .then(() => summarise(latencies, statuses, performance.now() - startedAt))
    .finally(() => {
      isOver = true;
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
