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
  /** Of the server, from just before somebody leaves the front of the line until every stream has been told. */
  readonly cpuSecondsPerUpdate: readonly number[];
  /** Until the last stream was told; the room is looked at once a second. */
  readonly elapsedSecondsPerUpdate: readonly number[];
  /** Of the server, in a second in which nothing changes. */
  readonly cpuSecondsIdle: number;
  readonly rssBytesPerStream: number;
  readonly heapBytesPerStream: number;
};

const CONNECTING_AT_ONCE = 200;
const IDLE_MS = 3_000;
const RECEIVED_WITHIN_MS = 30_000;
const EVENT = Buffer.from('event: status\n');

/** Opens a stream for each of the last `streams` in line, then lets the first ones leave, one at a time. */
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
  const audience = await openStreams(server.port, concertId, watching);
  try {
    // Once before it counts, so that the code that tells is compiled.
    await leave(leaving.shift()!);
    await audience.told();
    const open = await server.usage();
    await sleep(IDLE_MS);
    const idle = await server.usage();

    const [cpu, elapsed]: [number[], number[]] = [[], []];
    for (const waiter of leaving) {
      const start = await server.usage();
      const startedAt = performance.now();
      await leave(waiter);
      await audience.told();
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
    audience.close();
  }
}

/** Readers that count their events and do nothing else. */
async function openStreams(port: number, concertId: string, waiters: readonly Waiter[]) {
  let arrived = 0;
  let wake: (() => void) | null = null;
  const listen = async ({ userId, sequence, issuedAt }: Waiter) => {
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
  /** Resolves once every reader has had one event more. */
  const told = async () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(
      () => reject(new Error(`only ${arrived} were told in time`)),
      RECEIVED_WITHIN_MS,
    );
    wake = resolve;
    if (arrived >= waiters.length) resolve();
    await promise;
    clearTimeout(timer);
    if (arrived !== waiters.length) throw new Error(`${arrived} events came for ${waiters.length} readers`);
    arrived = 0;
  };

  const sockets: Socket[] = [];
  for (let from = 0; from < waiters.length; from += CONNECTING_AT_ONCE)
    sockets.push(...(await Promise.all(waiters.slice(from, from + CONNECTING_AT_ONCE).map(listen))));
  await told();
  return { told, close: () => sockets.forEach((socket) => socket.destroy()) };
}
