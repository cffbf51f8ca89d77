/** The pending actions of a simulation that runs in steps of time. */
export type Scheduler = {
  /** Schedules `act` for the step at or after `at`, and not before the next step. */
  schedule(at: number, act: (now: number) => void): void;
  /** Runs the actions of the step at `now`, which grows by one step from call to call. */
  run(now: number): void;
};

export function createScheduler(start: number, stepMs: number): Scheduler {
  const actions = new Map<number, ((now: number) => void)[]>();
  let current = start / stepMs;
  return {
    schedule(at, act) {
      const step = Math.max(Math.ceil(at / stepMs), current + 1);
      const scheduled = actions.get(step);
      if (scheduled === undefined) actions.set(step, [act]);
      else scheduled.push(act);
    },
    run(now) {
      current = now / stepMs;
      for (const act of actions.get(current) ?? []) act(now);
      actions.delete(current);
    },
  };
}
