import type { Writable } from 'node:stream';

/** The raw response that a stream writes to, after its head was sent. */
export type Sink = Pick<Writable, 'write' | 'end' | 'destroy' | 'writableLength'>;

export type ClientTimes = {
  /** After this long without an event a comment is sent, so that no proxy closes the connection. */
  readonly heartbeatMs: number;
  /** A client that accepts nothing for this long while bytes wait is disconnected. */
  readonly stuckMs: number;
  /**
   * How long a stream lasts on average before its client has to reconnect. Nothing else ends the stream of a client that has
   * vanished without a FIN: the kernel buffers the bytes for it.
   */
  readonly lifetimeMs: number;
};

export const CLIENT_TIMES: ClientTimes = { heartbeatMs: 15_000, stuckMs: 10_000, lifetimeMs: 120_000 };

export type StreamClientParts = ClientTimes & { readonly sink: Sink; readonly random: () => number };

/** The client of an event stream, whatever it is sent. The stream begins with the delay before a reconnection. */
export type StreamClient = {
  write(text: string): void;
  /** Ends the stream with a last event, or with the delay before a reconnection. */
  end(text?: string): void;
  /** Ends the stream without waiting for its client. */
  destroy(): void;
  isOver(): boolean;
  /** Whether the client has so much unread that no event is added. */
  isBehind(): boolean;
  /**
   * Sends a comment after a silence. Disconnects a stuck client, also after the end of the stream, and ends the stream when
   * its lifetime is over. Returns whether the stream goes on.
   */
  tick(nowMs: number): boolean;
};

const UNREAD_BYTES_MAX = 16 * 1024;
const RETRY_MIN_MS = 1_000;
const RETRY_SPREAD_MS = 4_000;
/** The share by which lifetimes differ from their mean, so that streams that were opened together end apart. */
const LIFETIME_SPREAD = 0.25;

export function createStreamClient(parts: StreamClientParts): StreamClient {
  const { sink, heartbeatMs, stuckMs, random } = parts;
  let isOver = false;
  let nowMs = performance.now();
  let wroteAtMs = nowMs;
  let unread = 0;
  let acceptedAtMs = nowMs;
  const endsAtMs = nowMs + parts.lifetimeMs * (1 + (2 * random() - 1) * LIFETIME_SPREAD);

  function write(text: string): void {
    if (isOver) return;
    sink.write(text);
    wroteAtMs = nowMs;
    unread = sink.writableLength;
  }

  /** Random, so that clients that lose their connections together do not reconnect together. */
  function retryField(): string {
    return `retry: ${Math.round(RETRY_MIN_MS + random() * RETRY_SPREAD_MS)}\n\n`;
  }

  function end(text = retryField()): void {
    if (isOver) return;
    isOver = true;
    sink.end(text);
  }

  function destroy(): void {
    isOver = true;
    sink.destroy();
  }

  function disconnectIfStuck(): void {
    const left = sink.writableLength;
    if (left === 0 || left < unread) acceptedAtMs = nowMs;
    unread = left;
    if (nowMs - acceptedAtMs >= stuckMs) destroy();
  }

  sink.write(retryField());
  return {
    write,
    end,
    destroy,
    isOver: () => isOver,
    isBehind: () => sink.writableLength > UNREAD_BYTES_MAX,
    tick(now) {
      nowMs = now;
      disconnectIfStuck();
      if (isOver) return false;
      if (nowMs >= endsAtMs) end();
      else if (nowMs - wroteAtMs >= heartbeatMs && unread <= UNREAD_BYTES_MAX) write(':\n\n');
      return !isOver;
    },
  };
}
