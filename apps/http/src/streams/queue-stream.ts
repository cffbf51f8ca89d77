import type { Writable } from 'node:stream';
import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type SentStatus, hasEnded, hasChanged, statusEvent, sentBefore } from './status-event.ts';

/** What a stream writes into: the raw response, whose head is sent. */
export type Sink = Pick<Writable, 'write' | 'end' | 'destroy' | 'writableLength'>;

export type StreamTimes = {
  /** How often each room looks for news. */
  readonly tickMs: number;
  /** A comment goes out after so long a silence, which keeps what is between us from closing the connection. */
  readonly heartbeatMs: number;
  /** A reader whose buffer does not empty for this long is gone. */
  readonly stuckMs: number;
  /** How long readers have at the end to take in what was written. */
  readonly flushMs: number;
};

export type QueueStreamParts = {
  readonly ticket: Ticket;
  readonly lastEventId: string | undefined;
  /** What is told first. */
  readonly status: QueueStatus;
  readonly sink: Sink;
  readonly heartbeatMs: number;
  readonly stuckMs: number;
  readonly random: () => number;
  readonly ask: (ticket: Ticket) => Promise<QueueStatus>;
  readonly onDefect: (error: unknown) => void;
};

/** One reader of the news of one place. Every event is the whole status, so any of them may be left out. */
export type QueueStream = {
  /** Sees to this reader: tells what is new, breaks a silence, gives up a reader that is stuck. */
  tick(nowMs: number): Promise<void>;
  /** Ends the stream and says when to come back, to whichever process. */
  leave(): void;
  /** Ends the stream without waiting for its reader. */
  drop(): void;
};

/** With more than this unread no event is added: the next one tells it all. */
const UNREAD_BYTES_MAX = 16 * 1024;
const RETRY_MIN_MS = 1_000;
const RETRY_SPREAD_MS = 4_000;

export function openQueueStream(parts: QueueStreamParts): QueueStream {
  const { sink, ask, heartbeatMs, stuckMs } = parts;
  let { ticket } = parts;
  let told: SentStatus = sentBefore(parts.lastEventId, parts.status);
  let isOver = false;
  let isAsking = false;
  let isAway = false;
  let nowMs = performance.now();
  let wroteAtMs = nowMs;
  let unreadSinceMs: number | null = null;
  let askAtMs = 0;

  function write(text: string): void {
    sink.write(text);
    wroteAtMs = nowMs;
  }

  function end(text: string): void {
    if (isOver) return;
    isOver = true;
    sink.end(text);
  }

  function drop(): void {
    isOver = true;
    sink.destroy();
  }

  /** A random one, so that readers who lose their connections together do not come back together. */
  function retryHint(): string {
    return `retry: ${Math.round(RETRY_MIN_MS + parts.random() * RETRY_SPREAD_MS)}\n\n`;
  }

  function tell(status: QueueStatus): void {
    if (isOver) return;
    isAway = false;
    // Of the parked a snapshot of the room knows nothing: they are asked for no more often than they would poll.
    askAtMs = status.parked ? nowMs + (status.pollAfterMs ?? 0) : 0;
    // The ticket that the reader is told to keep is the one that later answers go by.
    if (status.token !== undefined) ticket = { ...ticket, sessionExpiresAt: status.sessionExpiresAt };
    if (!hasChanged(told, status)) return;
    told = { asOf: status.asOf, status };
    if (hasEnded(status)) end(statusEvent(status));
    else write(statusEvent(status));
  }

  /** The reader keeps what it knows and is told all of it anew as soon as there is somebody to ask. */
  function tellUnavailable(): void {
    if (isOver || isAway) return;
    isAway = true;
    write(`event: unavailable\ndata: {"code":"UNAVAILABLE"}\n\n`);
    told = { ...told, status: null };
  }

  async function askForNews(): Promise<void> {
    isAsking = true;
    try {
      tell(await ask(ticket));
    } catch (error) {
      if (error instanceof Unavailable) return tellUnavailable();
      parts.onDefect(error);
      end(retryHint());
    } finally {
      isAsking = false;
    }
  }

  /** Whether the reader takes in what is written, by and large; drops one that has long not done so. */
  function isReading(): boolean {
    const unread = sink.writableLength;
    if (unread === 0) unreadSinceMs = null;
    else unreadSinceMs ??= nowMs;
    const isStuck = unreadSinceMs !== null && nowMs - unreadSinceMs >= stuckMs;
    if (isStuck) drop();
    return !isStuck && unread <= UNREAD_BYTES_MAX;
  }

  sink.write(retryHint());
  tell(parts.status);
  return {
    async tick(now) {
      nowMs = now;
      if (isOver || !isReading()) return;
      if (nowMs - wroteAtMs >= heartbeatMs) write(':\n\n');
      if (!isAsking && nowMs >= askAtMs) await askForNews();
    },
    leave: () => end(retryHint()),
    drop,
  };
}
