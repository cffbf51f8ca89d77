import type { WatchSeats } from '@frontrow/application/use-cases/booking/watch-seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type CurrentSeats, type SeatFeed, type SeatFeedTimes, startSeatFeed } from './seat-feed.ts';
import type { SeatHistory } from './seat-history.ts';
import { type SeatStream, openSeatStream } from './seat-stream.ts';
import { CLIENT_TIMES, type ClientTimes, type Sink } from './stream-client.ts';

/** One who watches the seats of a date. As long as there is one, the date is read. */
export type SeatWatch = {
  /** The seats, at most half a second old. Throws `Unavailable` while they cannot be read. */
  current(): Promise<CurrentSeats>;
  /** Sends the state, or the changes since `Last-Event-ID`, and every later change. */
  open(ticket: Ticket, lastEventId: string | undefined, history: SeatHistory, sink: Sink): SeatStream;
  /** Ends the watch after the connection has closed. */
  readonly leave: () => void;
};

/** The streams of seats, by date. */
export type SeatStreams = { watch(eventId: EventId): SeatWatch };

export type SeatStreamsParts = {
  readonly watchSeats: Pick<WatchSeats, 'read' | 'checkSession'>;
  readonly times?: ClientTimes & SeatFeedTimes;
  readonly random?: () => number;
  readonly onDefect: (error: unknown) => void;
};

/** Two reads and their sending fit into half a second, also with ten thousand streams. */
const TIMES = { ...CLIENT_TIMES, readEveryMs: 250, tickEveryMs: 1_000 };

export function createSeatStreams(parts: SeatStreamsParts): SeatStreams {
  const { watchSeats, times = TIMES, random = Math.random, onDefect } = parts;
  const { read, checkSession } = watchSeats;
  const feeds = new Map<EventId, { readonly feed: SeatFeed; watches: number }>();

  function feedOf(eventId: EventId) {
    const known = feeds.get(eventId);
    if (known !== undefined) return known;
    const started = { feed: startSeatFeed({ eventId, read, times, onDefect }), watches: 0 };
    feeds.set(eventId, started);
    return started;
  }

  return {
    watch(eventId) {
      const shared = feedOf(eventId);
      const { feed } = shared;
      let stream: SeatStream | null = null;
      shared.watches += 1;
      return {
        current: () => feed.current(),
        open(ticket, lastEventId, history, sink) {
          const client = { ...times, sink, random };
          stream = openSeatStream({ ...client, ticket, lastEventId, history, checkSession, onDefect });
          feed.add(stream);
          return stream;
        },
        leave() {
          if (stream !== null) feed.remove(stream);
          shared.watches -= 1;
          if (shared.watches > 0) return;
          feed.close();
          feeds.delete(eventId);
        },
      };
    },
  };
}
