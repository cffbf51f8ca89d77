import type { Answer, Unreachable } from '@frontrow/client';
import { useEffect, useState } from 'preact/hooks';

export type Read<Data, Problem> = {
  /** The newest data; null before the first. */
  readonly data: Data | null;
  /** Why the newest read has no data; null if it has. */
  readonly problem: Problem | Unreachable | null;
  readonly reload: () => void;
};

/** Reads something when the component appears, and again when one of `inputs` changes. */
export function useAnswer<Data, Problem>(
  read: (signal: AbortSignal) => Promise<Answer<Data, Problem>>,
  inputs: readonly unknown[],
): Read<Data, Problem> {
  const [data, setData] = useState<Data | null>(null);
  const [problem, setProblem] = useState<Problem | Unreachable | null>(null);
  const [reads, setReads] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    void (async () => {
      const answer = await read(abort.signal);
      if (abort.signal.aborted) return;
      if (answer.ok) setData(() => answer.data);
      setProblem(() => (answer.ok ? null : answer.problem));
    })();
    return () => abort.abort();
  }, [...inputs, reads]);
  return { data, problem, reload: () => setReads((count) => count + 1) };
}
