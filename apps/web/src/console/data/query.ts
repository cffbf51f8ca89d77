import { type ReadonlySignal, batch, computed, signal } from '@preact/signals';
import type { AnyProblem, Answer } from './answer.ts';

export type Query<Data> = {
  /** Of the newest successful read; kept while later reads fail. Null before the first. */
  readonly data: ReadonlySignal<Data | null>;
  /** Why the newest read failed; null after a successful one. */
  readonly problem: ReadonlySignal<AnyProblem | null>;
  readonly isReading: ReadonlySignal<boolean>;
  /** Reads again. The answer of an older read is dropped. Resolves with the time in ms that the server asks to wait, or null. */
  readonly refresh: () => Promise<number | null>;
  /** Ends the read in progress; its answer is dropped. */
  readonly stop: () => void;
};

/** A repeatable read of the API as signals. */
export function createQuery<Data>(read: (signal: AbortSignal) => Promise<Answer<Data>>): Query<Data> {
  const data = signal<Data | null>(null);
  const problem = signal<AnyProblem | null>(null);
  const reading = signal<AbortController | null>(null);

  function stop(): void {
    reading.peek()?.abort();
    reading.value = null;
  }

  async function refresh(): Promise<number | null> {
    reading.peek()?.abort();
    const mine = new AbortController();
    reading.value = mine;
    const answer = await read(mine.signal);
    if (reading.peek() !== mine) return null;
    batch(() => {
      reading.value = null;
      if (answer.ok) data.value = answer.data;
      problem.value = answer.ok ? null : answer.problem;
    });
    return answer.ok ? null : (answer.retryAfterMs ?? null);
  }

  return { data, problem, isReading: computed(() => reading.value !== null), refresh, stop };
}
