import { startTimer } from './elapsed.ts';

/** A wait that may be cut short. */
export type Alarm = {
  /** Resolves after `waitMs`, or earlier by `hurry`, but not before `earliestMs`, or at once by the signal. */
  wait(waitMs: number, earliestMs: number): Promise<void>;
  /** Ends the present wait as early as it may end. */
  hurry(): void;
};

const idle = (): void => {};

export function createAlarm(signal: AbortSignal): Alarm {
  let hurry = idle;
  return {
    wait: (waitMs, earliestMs) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const elapsed = startTimer();
        let timer = setTimeout(done, waitMs);
        function done(): void {
          clearTimeout(timer);
          hurry = idle;
          signal.removeEventListener('abort', done);
          resolve();
        }
        hurry = () => {
          clearTimeout(timer);
          timer = setTimeout(done, Math.max(0, Math.min(earliestMs, waitMs) - elapsed()));
        };
        signal.addEventListener('abort', done);
      }),
    hurry: () => hurry(),
  };
}
