import { setTimeout as sleep } from 'node:timers/promises';

/** The time of the bots. Both waits reject once the crowd stops. */
export type Pace = {
  /** Waits as long as a person takes for `ms`. */
  pause(ms: number): Promise<void>;
  /** Waits as long as the server asks for. */
  waitFor(ms: number): Promise<void>;
  /** In ms of a person. */
  now(): number;
};

/** `speed` is how many times faster than a person the bots are. */
export function createPace(speed: number, signal: AbortSignal): Pace {
  const wait = async (ms: number) => {
    await sleep(ms, undefined, { signal });
  };
  return {
    pause: (ms) => wait(ms / speed),
    waitFor: wait,
    now: () => performance.now() * speed,
  };
}
