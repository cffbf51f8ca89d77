/** Work that repeats every `everyMs`. It must be idempotent, and may run in two processes at once. */
export type Job = { readonly name: string; readonly everyMs: number; run(): Promise<void> };

export type Jobs = {
  /** Starts the jobs in this process. Of all processes that start them, each run happens in one. */
  start(jobs: readonly Job[]): Promise<RunningJobs>;
};

export type RunningJobs = {
  /** Resolves when the present runs have ended. */
  stop(): Promise<void>;
};
