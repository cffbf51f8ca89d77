import { type ReadonlySignal, batch, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { AnyProblem, Answer } from './answer.ts';

/** Something that an operator does, sent at most once at a time. */
export type Act<Input> = {
  readonly isSending: ReadonlySignal<boolean>;
  /** Why the newest attempt was refused; null while it is sent, and after a success. */
  readonly problem: ReadonlySignal<AnyProblem | null>;
  /** Sends it, unless it is being sent already. Resolves with whether it has succeeded. */
  readonly run: (input: Input) => Promise<boolean>;
  /** Forgets the problem. */
  readonly clear: () => void;
};

export function createAct<Input, Data>(
  send: (input: Input) => Promise<Answer<Data>>,
  onDone: (data: Data, input: Input) => void,
): Act<Input> {
  const isSending = signal(false);
  const problem = signal<AnyProblem | null>(null);
  return {
    isSending,
    problem,
    async run(input) {
      if (isSending.peek()) return false;
      batch(() => {
        isSending.value = true;
        problem.value = null;
      });
      const answer = await send(input);
      batch(() => {
        isSending.value = false;
        problem.value = answer.ok ? null : answer.problem;
      });
      if (answer.ok) onDone(answer.data, input);
      return answer.ok;
    },
    clear() {
      problem.value = null;
    },
  };
}

/** An act of this component; `send` and `onDone` of its newest rendering are called. */
export function useAct<Input, Data>(
  send: (input: Input) => Promise<Answer<Data>>,
  onDone: (data: Data, input: Input) => void = () => undefined,
): Act<Input> {
  const newest = useMemo(() => ({ send, onDone }), []);
  Object.assign(newest, { send, onDone });
  return useMemo(
    () =>
      createAct<Input, Data>(
        (input) => newest.send(input),
        (data, input) => newest.onDone(data, input),
      ),
    [newest],
  );
}
