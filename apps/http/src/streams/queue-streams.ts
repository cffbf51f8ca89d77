import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { createCounts } from './counts.ts';
import { type QueueStream, type Sink, type StreamTimes, openQueueStream } from './queue-stream.ts';
import { type RoomTicker, startRoomTicker } from './room-ticker.ts';

export type StreamRefusal = 'PROCESS_LIMIT' | 'USER_LIMIT' | 'ADDRESS_LIMIT' | 'STOPPING';

/** The right to open one stream. */
export type StreamSlot = {
  /** Sends the status, unless the client has received it, and every later change. */
  start(status: QueueStatus, lastEventId: string | undefined, sink: Sink): void;
  /** Frees the slot after the connection has closed. */
  free(): void;
};

/** Every event stream that is open in this process. */
export type QueueStreams = {
  /** Counts a slot at once, before the status is read, so that the limits hold for concurrent requests. */
  reserve(ticket: Ticket, address: string): StreamRefusal | StreamSlot;
  /** Ends every stream, opens no more, and waits at most `flushMs` for the clients. */
  stop(): Promise<void>;
};

export type QueueStreamsParts = {
  readonly streamsMax: number;
  /** Whether the streams of a user and of an address are limited as well. */
  readonly limitsClients: boolean;
  readonly times?: StreamTimes;
  readonly random?: () => number;
  readonly readStatus: (ticket: Ticket) => Promise<QueueStatus>;
  readonly onDefect: (error: unknown) => void;
};

const TIMES: StreamTimes = {
  tickMs: 1_000,
  heartbeatMs: 15_000,
  stuckMs: 10_000,
  lifetimeMs: 120_000,
  flushMs: 1_000,
};
/** Enough for the tabs and devices of one fan, in all rooms. */
const STREAMS_PER_USER_MAX = 10;
/** A tenth of the default of the process. Whoever shares an address with more polls instead. */
const STREAMS_PER_ADDRESS_MAX = 2_000;
const POLL_CLOSED_EVERY_MS = 10;

export function createQueueStreams(parts: QueueStreamsParts): QueueStreams {
  const { streamsMax, times = TIMES, random = Math.random } = parts;
  const { limitsClients, readStatus, onDefect } = parts;
  const { heartbeatMs, stuckMs, lifetimeMs } = times;
  const rooms = new Map<ConcertId, RoomTicker>();
  const [byUser, byAddress] = [createCounts(), createCounts()];
  let count = 0;
  let isStopping = false;

  const streams = () => [...rooms.values()].flatMap((room) => [...room.streams()]);

  function roomOf(concertId: ConcertId): RoomTicker {
    const room = rooms.get(concertId) ?? startRoomTicker(times.tickMs);
    rooms.set(concertId, room);
    return room;
  }

  function createSlot(ticket: Ticket, address: string): StreamSlot {
    const { concertId, userId } = ticket;
    let stream: QueueStream | null = null;
    return {
      start(status, lastEventId, sink) {
        const first = { ticket, lastEventId, status, sink };
        stream = openQueueStream({
          ...first,
          heartbeatMs,
          stuckMs,
          lifetimeMs,
          random,
          readStatus,
          onDefect,
        });
        roomOf(concertId).add(stream);
        // The slot was reserved before the stop.
        if (isStopping) stream.end();
      },
      free() {
        count -= 1;
        byUser.subtract(userId);
        byAddress.subtract(address);
        if (stream === null) return;
        stream.destroy();
        if (rooms.get(concertId)?.remove(stream) === 0) rooms.delete(concertId);
      },
    };
  }

  return {
    reserve(ticket, address) {
      if (isStopping) return 'STOPPING';
      if (count >= streamsMax) return 'PROCESS_LIMIT';
      if (limitsClients && byUser.get(ticket.userId) >= STREAMS_PER_USER_MAX) return 'USER_LIMIT';
      if (limitsClients && byAddress.get(address) >= STREAMS_PER_ADDRESS_MAX) return 'ADDRESS_LIMIT';
      byUser.add(ticket.userId);
      byAddress.add(address);
      count += 1;
      return createSlot(ticket, address);
    },
    async stop() {
      isStopping = true;
      for (const stream of streams()) stream.end();
      const deadline = performance.now() + times.flushMs;
      while (rooms.size > 0 && performance.now() < deadline) await sleep(POLL_CLOSED_EVERY_MS);
      for (const stream of streams()) stream.destroy();
    },
  };
}
