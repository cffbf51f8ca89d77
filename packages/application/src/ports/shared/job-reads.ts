import type { Instant } from '@frontrow/domain/shared/instant.ts';

/** The last run of a job that has ended, in any process. */
export type JobRun = {
  readonly endedAt: Instant;
  readonly durationMs: number;
  readonly result: 'SUCCEEDED' | 'FAILED';
};

export type JobReport = {
  readonly name: string;
  readonly everyMs: number;
  /** Null before the first. */
  readonly lastRun: JobRun | null;
  /** The last run that has failed, with the message of its error. Null before the first. */
  readonly lastFailure: { readonly endedAt: Instant; readonly error: string } | null;
  readonly succeededTotal: number;
  readonly failedTotal: number;
};

/** How many runs are in each state, over all processes. `failed` has only the runs that are kept. */
export type RunCounts = Readonly<Record<'waiting' | 'active' | 'delayed' | 'failed', number>>;

/** Reads what the jobs of all processes do. Throws `Unavailable` while it cannot be read. */
export type JobReads = {
  /** Every job of the installation, also one that has never run. */
  read(): Promise<{
    readonly asOf: Instant;
    readonly runs: RunCounts;
    readonly jobs: readonly JobReport[];
  }>;
};
