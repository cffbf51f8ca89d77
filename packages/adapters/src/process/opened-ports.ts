import type { Ports } from '@frontrow/application/ports/ports.ts';
import type { OnWait } from '@frontrow/application/waiting-room/wait-tracker.ts';
import type { Dependency } from './readiness.ts';

export type OpenedPorts = {
  readonly ports: Ports;
  /** Empty in memory mode. */
  readonly dependencies: readonly Dependency[];
  /** Null in memory mode. */
  readonly poolConnections: () => {
    readonly used: number;
    readonly free: number;
    readonly waiting: number;
  } | null;
  /**
   * How far the clock of this process is ahead of Redis', in ms; negative where it is behind. Null in memory mode.
   */
  readonly readClockOffsetMs: (() => Promise<number>) | null;
  /** Sets the one listener. It receives a sample of the waits that this process estimated, after their admission. */
  readonly onWait: (listener: OnWait) => void;
  /** Call it after the jobs have stopped and all requests have their answers. */
  readonly close: () => Promise<void>;
};
