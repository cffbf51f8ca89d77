import { setTimeout as sleep } from 'node:timers/promises';
import { createCounts } from './counts.ts';

export type StreamRefusal = 'PROCESS_LIMIT' | 'USER_LIMIT' | 'ADDRESS_LIMIT' | 'STOPPING';

/** An open event stream, of whatever it sends. */
export type OpenStream = {
  /** Sends the delay before a reconnection and ends the stream. */
  end(): void;
  /** Ends the stream without waiting for its client. */
  destroy(): void;
};

/** The right to open one stream. */
export type StreamSlot = {
  /** Opens the stream. It ends at once when the process stops. */
  use(stream: OpenStream): void;
  /** Frees the slot after the connection has closed. */
  free(): void;
};

/** Every event stream that is open in this process. */
export type OpenStreams = {
  /** Counts a slot at once, before the first event is read, so that the limits hold for concurrent requests. */
  reserve(userId: string, address: string): StreamRefusal | StreamSlot;
  /** Ends every stream, opens no more, and waits at most `flushMs` for the clients. */
  stop(): Promise<void>;
};

export type OpenStreamsParts = {
  readonly streamsMax: number;
  /** Whether the streams of a user and of an address are limited as well. */
  readonly limitsClients: boolean;
  /** How long `stop` waits for clients to read the last event. */
  readonly flushMs?: number;
};

/** Enough for the tabs and devices of one fan. */
const STREAMS_PER_USER_MAX = 10;
/** A tenth of the default of the process. Whoever shares an address with more polls instead. */
const STREAMS_PER_ADDRESS_MAX = 2_000;
const FLUSH_MS = 1_000;
const POLL_CLOSED_EVERY_MS = 10;

export function createOpenStreams({
  streamsMax,
  limitsClients,
  flushMs = FLUSH_MS,
}: OpenStreamsParts): OpenStreams {
  const streams = new Set<OpenStream>();
  const [byUser, byAddress] = [createCounts(), createCounts()];
  let count = 0;
  let isStopping = false;

  function createSlot(userId: string, address: string): StreamSlot {
    let used: OpenStream | null = null;
    return {
      use(stream) {
        used = stream;
        streams.add(stream);
        // The slot was reserved before the stop.
        if (isStopping) stream.end();
      },
      free() {
        count -= 1;
        byUser.subtract(userId);
        byAddress.subtract(address);
        if (used === null) return;
        used.destroy();
        streams.delete(used);
      },
    };
  }

  return {
    reserve(userId, address) {
      if (isStopping) return 'STOPPING';
      if (count >= streamsMax) return 'PROCESS_LIMIT';
      if (limitsClients && byUser.get(userId) >= STREAMS_PER_USER_MAX) return 'USER_LIMIT';
      if (limitsClients && byAddress.get(address) >= STREAMS_PER_ADDRESS_MAX) return 'ADDRESS_LIMIT';
      byUser.add(userId);
      byAddress.add(address);
      count += 1;
      return createSlot(userId, address);
    },
    async stop() {
      isStopping = true;
      for (const stream of streams) stream.end();
      const deadline = performance.now() + flushMs;
      while (streams.size > 0 && performance.now() < deadline) await sleep(POLL_CLOSED_EVERY_MS);
      for (const stream of streams) stream.destroy();
    },
  };
}
