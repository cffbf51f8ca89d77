/** Work that repeats every `everyMs`. It must be idempotent, and may run in two processes at once. */
export type Job = {
  readonly name: string;
  readonly everyMs: number;
  /** `stopping` is aborted when the jobs of the process stop: a long run then ends early. */
  run(stopping: AbortSignal): Promise<void>;
};

export type Jobs = {
  /** Starts the jobs in this process. Of all processes that start them, each run happens in one. */
  start(jobs: readonly Job[]): Promise<RunningJobs>;
};

export type RunningJobs = {
  /** Resolves when the present runs have ended. */
  stop(): Promise<void>;
};
