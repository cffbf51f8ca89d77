import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type QueueStream, openQueueStream } from './queue-stream.ts';
import { type RoomTicker, startRoomTicker } from './room-ticker.ts';
import { CLIENT_TIMES, type ClientTimes, type Sink } from './stream-client.ts';

/** Begins with the status, unless the client has received it. */
export type StreamedPlace = {
  readonly ticket: Ticket;
  readonly status: QueueStatus;
  readonly lastEventId: string | undefined;
};

/** The streams of queue status, by room. */
export type QueueStreams = {
  /** Sends the status and every later change until the stream is closed. */
  open(place: StreamedPlace, sink: Sink): QueueStream;
  /** Forgets the stream after its connection has closed. */
  close(place: StreamedPlace, stream: QueueStream): void;
};

export type QueueStreamsParts = {
  readonly times?: ClientTimes;
  /** The interval at which every stream of a room reads its status. */
  readonly tickMs?: number;
  readonly random?: () => number;
  readonly readStatus: (ticket: Ticket) => Promise<QueueStatus>;
  readonly onDefect: (error: unknown) => void;
};

const TICK_MS = 1_000;

export function createQueueStreams(parts: QueueStreamsParts): QueueStreams {
  const { times = CLIENT_TIMES, tickMs = TICK_MS, random = Math.random, readStatus, onDefect } = parts;
  const rooms = new Map<ConcertId, RoomTicker>();

  function roomOf(concertId: ConcertId): RoomTicker {
    const room = rooms.get(concertId) ?? startRoomTicker(tickMs);
    rooms.set(concertId, room);
    return room;
  }

  return {
    open(place, sink) {
      const stream = openQueueStream({ ...place, ...times, sink, random, readStatus, onDefect });
      roomOf(place.ticket.concertId).add(stream);
      return stream;
    },
    close({ ticket: { concertId } }, stream) {
      if (rooms.get(concertId)?.remove(stream) === 0) rooms.delete(concertId);
    },
  };
}
