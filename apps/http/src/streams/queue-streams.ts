import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Place, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type QueueStream, type Sink, type StreamTimes, openQueueStream } from './queue-stream.ts';
import { type RoomTicker, startRoomTicker } from './room-ticker.ts';

export type StreamRefusal = 'FULL' | 'STOPPING' | 'TOO_MANY_OF_ONE';

/** A place for one stream. */
export type StreamSlot = {
  /** Tells the status, unless its reader knows it, and from then on what is new. */
  start(status: QueueStatus, lastEventId: string | undefined, sink: Sink): void;
  /** The connection has ended. */
  free(): void;
};

/** Every event stream that is open in this process. */
export type QueueStreams = {
  /** Before anything is asked for it, so that the bound holds however many come at once. */
  reserve(ticket: Ticket): StreamRefusal | StreamSlot;
  /** Ends every stream and takes no more; readers that do not read are not waited for. */
  stop(): Promise<void>;
};

export type QueueStreamsParts = {
  readonly streamsMax: number;
  readonly times?: StreamTimes;
  readonly random?: () => number;
  readonly ask: (ticket: Ticket) => Promise<QueueStatus>;
  readonly onDefect: (error: unknown) => void;
};

const TIMES: StreamTimes = {
  tickMs: 1_100, // a little over a second, at which age a snapshot of the room is no longer shown
  heartbeatMs: 15_000,
  stuckMs: 60_000,
  flushMs: 1_000,
};
/** The tabs and devices of one fan; one ticket must not use up the streams of all. */
const STREAMS_PER_PLACE_MAX = 10;
const POLL_CLOSED_EVERY_MS = 10;

export function createQueueStreams(parts: QueueStreamsParts): QueueStreams {
  const { streamsMax, times = TIMES, random = Math.random } = parts;
  const { ask, onDefect } = parts;
  const { heartbeatMs, stuckMs } = times;
  const rooms = new Map<ConcertId, RoomTicker>();
  const ofPlace = new Map<string, number>();
  let count = 0;
  let isStopping = false;

  const streams = () => [...rooms.values()].flatMap((room) => [...room.streams()]);

  function roomOf(concertId: ConcertId): RoomTicker {
    const room = rooms.get(concertId) ?? startRoomTicker(times.tickMs);
    rooms.set(concertId, room);
    return room;
  }

  function createBerth(ticket: Ticket, key: string): StreamSlot {
    const { concertId } = ticket;
    let stream: QueueStream | null = null;
    return {
      start(status, lastEventId, sink) {
        const first = { ticket, lastEventId, status, sink };
        stream = openQueueStream({ ...first, heartbeatMs, stuckMs, random, ask, onDefect });
        roomOf(concertId).add(stream);
        // Reserved before the stop, started after it.
        if (isStopping) stream.leave();
      },
      free() {
        count -= 1;
        const left = (ofPlace.get(key) ?? 1) - 1;
        if (left === 0) ofPlace.delete(key);
        else ofPlace.set(key, left);
        if (stream === null) return;
        stream.drop();
        if (rooms.get(concertId)?.remove(stream) === 0) rooms.delete(concertId);
      },
    };
  }

  return {
    reserve(ticket) {
      const key = keyOf(ticket);
      const ofThisPlace = ofPlace.get(key) ?? 0;
      if (isStopping) return 'STOPPING';
      if (count >= streamsMax) return 'FULL';
      if (ofThisPlace >= STREAMS_PER_PLACE_MAX) return 'TOO_MANY_OF_ONE';
      ofPlace.set(key, ofThisPlace + 1);
      count += 1;
      return createBerth(ticket, key);
    },
    async stop() {
      isStopping = true;
      for (const stream of streams()) stream.leave();
      const deadline = performance.now() + times.flushMs;
      while (rooms.size > 0 && performance.now() < deadline) await sleep(POLL_CLOSED_EVERY_MS);
      for (const stream of streams()) stream.drop();
    },
  };
}

function keyOf({ concertId, sequence }: Place): string {
  return `${concertId} ${sequence}`;
}
