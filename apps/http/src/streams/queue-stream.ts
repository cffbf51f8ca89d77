import type { Writable } from 'node:stream';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type SentStatus, hasChanged, hasEnded, sentBefore, statusEvent } from './status-event.ts';

/** The raw response that a stream writes to, after its head was sent. */
export type Sink = Pick<Writable, 'write' | 'end' | 'destroy' | 'writableLength'>;

export type StreamTimes = {
  /** The interval at which every stream of a room reads its status. */
  readonly tickMs: number;
  /** After this long without an event a comment is sent, so that no proxy closes the connection. */
  readonly heartbeatMs: number;
  /** A client that accepts nothing for this long while bytes wait is disconnected. */
  readonly stuckMs: number;
  /**
   * How long a stream lasts on average before its client has to reconnect. Nothing else ends the stream of a client that has
   * vanished without a FIN: the kernel buffers the bytes for it.
   */
  readonly lifetimeMs: number;
  /** How long `stop` waits for clients to read the last event. */
  readonly flushMs: number;
};

export type QueueStreamParts = {
  readonly ticket: Ticket;
  readonly lastEventId: string | undefined;
  /** The status to begin with. */
  readonly status: QueueStatus;
  readonly sink: Sink;
  readonly heartbeatMs: number;
  readonly stuckMs: number;
  readonly lifetimeMs: number;
  readonly random: () => number;
  readonly readStatus: (ticket: Ticket) => Promise<QueueStatus>;
  readonly onDefect: (error: unknown) => void;
};

/** The event stream of one client for one place. Every event is a whole status, so any of them may be skipped. */
export type QueueStream = {
  /**
   * Sends the status where it has changed and a comment after a silence. Disconnects a stuck client, and ends the stream
   * when its lifetime is over.
   */
  tick(nowMs: number): Promise<void>;
  /** Sends the delay before a reconnection and ends the stream. */
  end(): void;
  /** Ends the stream without waiting for its client. */
  destroy(): void;
};

/** With more than this unread no event is added: a later one has the whole status. */
const UNREAD_BYTES_MAX = 16 * 1024;
const RETRY_MIN_MS = 1_000;
const RETRY_SPREAD_MS = 4_000;
/** The share by which lifetimes differ from their mean, so that streams that were opened together end apart. */
const LIFETIME_SPREAD = 0.25;

export function openQueueStream(parts: QueueStreamParts): QueueStream {
  const { sink, readStatus, heartbeatMs, stuckMs } = parts;
  let { ticket } = parts;
  let sent: SentStatus = sentBefore(parts.lastEventId, parts.status);
  let isOver = false;
  let isReadingStatus = false;
  let isUnavailable = false;
  let nowMs = performance.now();
  let wroteAtMs = nowMs;
  let unread = 0;
  let acceptedAtMs = nowMs;
  let nextReadAtMs = 0;
  const endsAtMs = nowMs + parts.lifetimeMs * (1 + (2 * parts.random() - 1) * LIFETIME_SPREAD);

  function write(text: string): void {
    sink.write(text);
    wroteAtMs = nowMs;
    unread = sink.writableLength;
  }

  function end(text: string): void {
    if (isOver) return;
    isOver = true;
    sink.end(text);
  }

  function destroy(): void {
    isOver = true;
    sink.destroy();
  }

  /** Random, so that clients that lose their connections together do not reconnect together. */
  function retryField(): string {
    return `retry: ${Math.round(RETRY_MIN_MS + parts.random() * RETRY_SPREAD_MS)}\n\n`;
  }

  function send(status: QueueStatus): void {
    if (isOver) return;
    isUnavailable = false;
    // A snapshot does not hold parked places: their status is read no more often than a client would poll it.
    nextReadAtMs = status.parked ? nowMs + (status.pollAfterMs ?? 0) : 0;
    // The client replaces its ticket, and so does the stream.
    if (status.token !== undefined) ticket = { ...ticket, sessionExpiresAt: status.sessionExpiresAt };
    if (!hasChanged(sent, status)) return;
    sent = { asOf: status.asOf, status };
    if (hasEnded(status)) end(statusEvent(status));
    else write(statusEvent(status));
  }

  /** The next status that can be read is sent whole. */
  function sendUnavailable(): void {
    if (isOver || isUnavailable) return;
    isUnavailable = true;
    write(`event: unavailable\ndata: {"code":"UNAVAILABLE"}\n\n`);
    sent = { ...sent, status: null };
  }

  async function sendStatus(): Promise<void> {
    isReadingStatus = true;
    try {
      send(await readStatus(ticket));
    } catch (error) {
      if (error instanceof Unavailable) return sendUnavailable();
      parts.onDefect(error);
      end(retryField());
    } finally {
      isReadingStatus = false;
    }
  }

  /** Disconnects a client that has accepted nothing for `stuckMs`, also after the end of the stream. Returns whether it did. */
  function disconnectIfStuck(): boolean {
    const left = sink.writableLength;
    if (left === 0 || left < unread) acceptedAtMs = nowMs;
    unread = left;
    if (nowMs - acceptedAtMs < stuckMs) return false;
    destroy();
    return true;
  }

  sink.write(retryField());
  send(parts.status);
  return {
    async tick(now) {
      nowMs = now;
      if (disconnectIfStuck() || isOver) return;
      if (nowMs >= endsAtMs) return end(retryField());
      if (unread > UNREAD_BYTES_MAX) return;
      if (nowMs - wroteAtMs >= heartbeatMs) write(':\n\n');
      if (!isReadingStatus && nowMs >= nextReadAtMs) await sendStatus();
    },
    end: () => end(retryField()),
    destroy,
  };
}
