import { setTimeout as sleep } from 'node:timers/promises';
import { wireRequest } from '../harness/http-socket.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import { openSubscribers } from '../harness/subscribers.ts';
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

const IDLE_MS = 3_000;

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
  const requests = watching.map(({ userId, sequence, issuedAt }) =>
    wireRequest('GET /v1/queue-tokens/current/stream', {
      'Queue-Token': ticketOf(concertId, userId, sequence, issuedAt),
    }),
  );
  const subscribers = await openSubscribers(server.port, requests, ['event: status\n']);
  try {
    // A warm-up: V8 compiles the code of the fan-out.
    await leave(leaving.shift()!);
    await subscribers.nextEvent();
    const open = await server.usage();
    await sleep(IDLE_MS);
    const idle = await server.usage();

    const [cpu, elapsed]: [number[], number[]] = [[], []];
    for (const waiter of leaving) {
      const start = await server.usage();
      const startedAt = performance.now();
      await leave(waiter);
      await subscribers.nextEvent();
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
