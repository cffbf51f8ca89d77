/** Work that is due again and again. It must be idempotent, and may overlap with itself in another process. */
export type Job = { readonly name: string; readonly everyMs: number; run(): Promise<void> };

export type Jobs = {
  /** Starts running the jobs, here and in every process that does the same; each run happens in one of them. */
  start(jobs: readonly Job[]): Promise<RunningJobs>;
};

export type RunningJobs = {
  /** Waits for the runs that are under way. */
  stop(): Promise<void>;
};
