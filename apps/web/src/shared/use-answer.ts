import type { Answer, Unreachable } from '@frontrow/client';
import { useEffect, useRef, useState } from 'preact/hooks';

export type Read<Data, Problem> = {
  /** The newest data; null before the first. */
  readonly data: Data | null;
  /** Why the newest read has no data; null if it has. */
  readonly problem: Problem | Unreachable | null;
  readonly reload: () => void;
  /** Reloads, unless a read is in progress, which may be waiting as the server has asked. */
  readonly refresh: () => void;
};

/** Reads something when the component appears, and again when one of `inputs` changes. */
export function useAnswer<Data, Problem>(
  read: (signal: AbortSignal) => Promise<Answer<Data, Problem>>,
  inputs: readonly unknown[],
): Read<Data, Problem> {
  const [data, setData] = useState<Data | null>(null);
  const [problem, setProblem] = useState<Problem | Unreachable | null>(null);
  const [reads, setReads] = useState(0);
  const isReading = useRef(false);
  useEffect(() => {
    const abort = new AbortController();
    isReading.current = true;
    void (async () => {
      const answer = await read(abort.signal);
      if (abort.signal.aborted) return;
      isReading.current = false;
      if (answer.ok) setData(() => answer.data);
      setProblem(() => (answer.ok ? null : answer.problem));
    })();
    return () => abort.abort();
  }, [...inputs, reads]);
  const reload = () => setReads((count) => count + 1);
  const refresh = () => {
    if (!isReading.current) reload();
  };
  return { data, problem, reload, refresh };
}
