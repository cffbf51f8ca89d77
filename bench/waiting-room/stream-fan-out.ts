import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { wireRequest } from '../harness/http-socket.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import type { Testbed } from '../harness/testbed.ts';
import { ticketOf } from '../data/fan-credentials.ts';
import type { FullRoom, Waiter } from './full-room.ts';

export type FanOut = {
  readonly streams: number;
  /** CPU time of the server from a fan's leaving the front of the waiting line until every stream has the update. */
  readonly cpuSecondsPerUpdate: readonly number[];
  /** Until the last stream has the update; the server reads the room once per second. */
  readonly elapsedSecondsPerUpdate: readonly number[];
  /** CPU time of the server per second without changes. */
  readonly cpuSecondsIdle: number;
  readonly rssBytesPerStream: number;
  readonly heapBytesPerStream: number;
};

const CONNECTING_AT_ONCE = 200;
const IDLE_MS = 3_000;
const RECEIVED_WITHIN_MS = 30_000;
const EVENT = Buffer.from('event: status\n');

/** Opens a stream for each of the last `streams` waiting fans, then lets the first fans leave, one at a time. */
export async function measureFanOut(
  { ports }: Testbed,
  server: MeasuredServer,
  { concertId, waiters }: FullRoom,
  { streams, updates }: { readonly streams: number; readonly updates: number },
): Promise<FanOut> {
  const leaving = waiters.slice(0, updates + 1);
  const watching = waiters.slice(-streams);
  if (leaving.length + watching.length > waiters.length) throw new Error('the room is too small');
  const leave = ({ userId, sequence }: Waiter) =>
    ports.waitingRoom.end({ concertId, userId, sequence }, 'LEFT');

  const before = await server.usage();
  const subscribers = await openStreams(server.port, concertId, watching);
  try {
    // A warm-up: V8 compiles the code of the fan-out.
    await leave(leaving.shift()!);
    await subscribers.nextUpdate();
    const open = await server.usage();
    await sleep(IDLE_MS);
    const idle = await server.usage();

    const [cpu, elapsed]: [number[], number[]] = [[], []];
    for (const waiter of leaving) {
      const start = await server.usage();
      const startedAt = performance.now();
      await leave(waiter);
      await subscribers.nextUpdate();
      elapsed.push((performance.now() - startedAt) / 1e3);
      cpu.push(((await server.usage()).cpuMicros - start.cpuMicros) / 1e6);
    }
    return {
      streams,
      cpuSecondsPerUpdate: cpu,
      elapsedSecondsPerUpdate: elapsed,
      cpuSecondsIdle: (idle.cpuMicros - open.cpuMicros) / 1e3 / IDLE_MS,
      rssBytesPerStream: (open.rssBytes - before.rssBytes) / streams,
      heapBytesPerStream: (open.heapUsedBytes - before.heapUsedBytes) / streams,
    };
  } finally {
    subscribers.close();
  }
}

/** Opens streams that only count their events. */
async function openStreams(port: number, concertId: string, waiters: readonly Waiter[]) {
  let arrived = 0;
  let wake: (() => void) | null = null;
  const openStream = async ({ userId, sequence, issuedAt }: Waiter) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('data', (chunk) => {
      for (let at = chunk.indexOf(EVENT); at !== -1; at = chunk.indexOf(EVENT, at + 1)) arrived += 1;
      if (arrived >= waiters.length) wake?.();
    });
    await once(socket, 'connect');
    const ticket = ticketOf(concertId, userId, sequence, issuedAt);
    socket.write(wireRequest('GET /v1/queue-tokens/current/stream', { 'Queue-Token': ticket }));
    return socket;
  };
  /** Resolves when every stream has one more event. */
  const nextUpdate = async () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(
      () => reject(new Error(`only ${arrived} streams have the update after ${RECEIVED_WITHIN_MS} ms`)),
      RECEIVED_WITHIN_MS,
    );
    wake = resolve;
    if (arrived >= waiters.length) resolve();
    await promise;
    clearTimeout(timer);
    if (arrived !== waiters.length) throw new Error(`${arrived} events for ${waiters.length} streams`);
    arrived = 0;
  };

  const sockets: Socket[] = [];
  for (let from = 0; from < waiters.length; from += CONNECTING_AT_ONCE)
    sockets.push(...(await Promise.all(waiters.slice(from, from + CONNECTING_AT_ONCE).map(openStream))));
  await nextUpdate();
  return { nextUpdate, close: () => sockets.forEach((socket) => socket.destroy()) };
}
