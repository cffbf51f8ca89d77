import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { OpenStream } from './open-streams.ts';
import { type SentStatus, hasChanged, hasEnded, sentBefore, statusEvent } from './status-event.ts';
import { type StreamClientParts, createStreamClient } from './stream-client.ts';

export type QueueStreamParts = StreamClientParts & {
  readonly ticket: Ticket;
  readonly lastEventId: string | undefined;
  /** The status to begin with. */
  readonly status: QueueStatus;
  readonly readStatus: (ticket: Ticket) => Promise<QueueStatus>;
  readonly onDefect: (error: unknown) => void;
};

/** The event stream of one client for one place. Every event is a whole status, so any of them may be skipped. */
export type QueueStream = OpenStream & {
  /** Sends the status where it has changed. */
  tick(nowMs: number): Promise<void>;
};

export function openQueueStream(parts: QueueStreamParts): QueueStream {
  const { readStatus } = parts;
  const client = createStreamClient(parts);
  let { ticket } = parts;
  let sent: SentStatus = sentBefore(parts.lastEventId, parts.status);
  let isReadingStatus = false;
  let isUnavailable = false;
  let nowMs = performance.now();
  let nextReadAtMs = 0;

  function send(status: QueueStatus): void {
    if (client.isOver()) return;
    isUnavailable = false;
    // A snapshot does not hold parked places: their status is read no more often than a client would poll it.
    nextReadAtMs = status.parked ? nowMs + (status.pollAfterMs ?? 0) : 0;
    // The client replaces its ticket, and so does the stream.
    if (status.token !== undefined) ticket = { ...ticket, sessionExpiresAt: status.sessionExpiresAt };
    if (!hasChanged(sent, status)) return;
    sent = { asOf: status.asOf, status };
    if (hasEnded(status)) client.end(statusEvent(status));
    else client.write(statusEvent(status));
  }

  /** The next status that can be read is sent whole. */
  function sendUnavailable(): void {
    if (client.isOver() || isUnavailable) return;
    isUnavailable = true;
    client.write(`event: unavailable\ndata: {"code":"UNAVAILABLE"}\n\n`);
    sent = { ...sent, status: null };
  }

  async function sendStatus(): Promise<void> {
    isReadingStatus = true;
    try {
      send(await readStatus(ticket));
    } catch (error) {
      if (error instanceof Unavailable) return sendUnavailable();
      parts.onDefect(error);
      client.end();
    } finally {
      isReadingStatus = false;
    }
  }

  send(parts.status);
  return {
    async tick(now) {
      nowMs = now;
      if (!client.tick(now) || client.isBehind()) return;
      if (!isReadingStatus && nowMs >= nextReadAtMs) await sendStatus();
    },
    end: () => client.end(),
    destroy: () => client.destroy(),
  };
}
