/** What is to happen when, in steps of time. */
export type Agenda = {
  /** Not before the next step. */
  plan(at: number, act: (now: number) => void): void;
  /** Does what is due at `now`, which grows by a step from call to call. */
  advance(now: number): void;
};

export function createAgenda(start: number, stepMs: number): Agenda {
  const acts = new Map<number, ((now: number) => void)[]>();
  let present = start / stepMs;
  return {
    plan(at, act) {
      const step = Math.max(Math.ceil(at / stepMs), present + 1);
      const planned = acts.get(step);
      if (planned === undefined) acts.set(step, [act]);
      else planned.push(act);
    },
    advance(now) {
      present = now / stepMs;
      for (const act of acts.get(present) ?? []) act(now);
      acts.delete(present);
    },
  };
}
