import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { WatchSeats } from '@frontrow/application/use-cases/booking/watch-seats.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { OpenStream } from './open-streams.ts';
import { SEATS_UNAVAILABLE, type SeatStreamEnd, seatsEndEvent } from './seat-event.ts';
import type { SeatHistory } from './seat-history.ts';
import { type StreamClientParts, createStreamClient } from './stream-client.ts';

export type SeatStreamParts = StreamClientParts & {
  readonly ticket: Ticket;
  readonly lastEventId: string | undefined;
  readonly history: SeatHistory;
  readonly checkSession: WatchSeats['checkSession'];
  readonly onDefect: (error: unknown) => void;
};

/**
 * The event stream of one fan who watches the seats of one date.
 *
 * - FOLLOWING: the client has the states of its position in the history. Every new position sends it the changes.
 * - BEHIND: more than 16 KB are unread. Nothing is added. Once the client has read, the next tick sends the changes since its
 *   position, or the whole state, and the stream is FOLLOWING again.
 * - ENDED, with an `end` event: the session is over, or the date is no longer bookable or public.
 * - ENDED, with the delay before a reconnection: the lifetime is over, the process stops, or a defect.
 * - ENDED, disconnected: the client has accepted nothing for ten seconds, or has gone.
 *
 * A stream begins FOLLOWING, from the position of its `Last-Event-ID` or from nothing.
 */
export type SeatStream = OpenStream & {
  /** Sends what is new in the history. */
  follow(): void;
  /** Ends the stream where its session has ended, catches up a client that was behind, and looks after the connection. */
  tick(nowMs: number): Promise<void>;
  /** The states cannot be read at present. */
  sendUnavailable(): void;
  /** Ends the stream for good. */
  endFor(reason: SeatStreamEnd): void;
};

export function openSeatStream(parts: SeatStreamParts): SeatStream {
  const { ticket, history, checkSession } = parts;
  const client = createStreamClient(parts);
  let position = history.positionOf(parts.lastEventId);
  let isChecking = false;

  function follow(): void {
    if (position === history.position() || client.isOver() || client.isBehind()) return;
    client.write(history.since(position));
    position = history.position();
  }

  const endFor = (reason: SeatStreamEnd) => client.end(seatsEndEvent(reason));

  async function endWithSession(): Promise<void> {
    isChecking = true;
    try {
      const checked = checkSession(ticket);
      const session = checked instanceof Promise ? await checked : checked;
      if (!session.ok) endFor(session.refusal);
    } catch (error) {
      // Without the room nobody knows whether the session goes on: the lifetime of the stream bounds that.
      if (error instanceof Unavailable) return;
      parts.onDefect(error);
      client.end();
    } finally {
      isChecking = false;
    }
  }

  follow();
  return {
    follow,
    async tick(nowMs) {
      if (!client.tick(nowMs)) return;
      follow();
      if (!isChecking) await endWithSession();
    },
    sendUnavailable() {
      if (!client.isBehind()) client.write(SEATS_UNAVAILABLE);
    },
    endFor,
    end: () => client.end(),
    destroy: () => client.destroy(),
  };
}
