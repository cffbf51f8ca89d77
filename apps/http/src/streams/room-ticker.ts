import { setImmediate as yieldToRequests } from 'node:timers/promises';
import type { QueueStream } from './queue-stream.ts';

/** The timer that all streams of a room in this process share. */
export type RoomTicker = {
  add(stream: QueueStream): void;
  /** Returns how many streams are left. The timer stops with the last one. */
  remove(stream: QueueStream): number;
};

/** How many streams are served before the event loop serves the requests that have arrived. */
const STREAMS_PER_BATCH = 250;

export function startRoomTicker(tickMs: number): RoomTicker {
  const streams = new Set<QueueStream>();
  let isTicking = false;

  async function tick(): Promise<void> {
    if (isTicking) return;
    isTicking = true;
    const [first] = streams;
    // The first stream refreshes the snapshot of the room, so that the others read it without waiting.
    await first?.tick(performance.now());
    let served = 0;
    for (const stream of streams) {
      if (stream !== first) void stream.tick(performance.now());
      served += 1;
      if (served % STREAMS_PER_BATCH === 0) await yieldToRequests();
    }
    isTicking = false;
  }

  const timer = setInterval(() => void tick(), tickMs);
  return {
    add: (stream) => void streams.add(stream),
    remove(stream) {
      streams.delete(stream);
      if (streams.size === 0) clearInterval(timer);
      return streams.size;
    },
  };
}
