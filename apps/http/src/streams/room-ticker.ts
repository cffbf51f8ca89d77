import { setImmediate as nextTurn } from 'node:timers/promises';
import type { QueueStream } from './queue-stream.ts';

/** The one clock of all streams of a room in this process. */
export type RoomTicker = {
  add(stream: QueueStream): void;
  /** Answers how many are left; with the last one the ticker stops. */
  remove(stream: QueueStream): number;
  streams(): Iterable<QueueStream>;
};

/** After so many streams the requests that have come in meanwhile have their turn. */
const STREAMS_PER_TURN = 250;

export function startRoomTicker(tickMs: number): RoomTicker {
  const streams = new Set<QueueStream>();
  let isTicking = false;

  async function tick(): Promise<void> {
    if (isTicking) return;
    isTicking = true;
    const [first] = streams;
    // The first alone, so that the others find the snapshot of the room fresh and are not all woken by one answer.
    await first?.tick(performance.now());
    let seen = 0;
    for (const stream of streams) {
      if (stream !== first) void stream.tick(performance.now());
      seen += 1;
      if (seen % STREAMS_PER_TURN === 0) await nextTurn();
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
    streams: () => streams,
  };
}
