import { useEffect, useMemo } from 'preact/hooks';
import type { Answer } from './answer.ts';
import { type Pages, type ReadPage, createPages } from './pages.ts';
import { startPolling } from './polling.ts';
import { type Query, createQuery } from './query.ts';

type QueryOptions = {
  /** Reads again so long after each answer, while the page is visible; without it only `refresh` does. */
  readonly pollMs?: number;
};

/**
 * Reads when the component appears, and anew when an entry of `inputs` changes.
 *
 *     const concert = useQuery((signal) => answerOf(getAdminConcert({ client, signal, path })), [concertId]);
 */
export function useQuery<Data>(
  read: (signal: AbortSignal) => Promise<Answer<Data>>,
  inputs: readonly unknown[],
  options: QueryOptions = {},
): Query<Data> {
  return useReading(() => createQuery(read), inputs, options);
}

/** The same for a list that is read by cursor. */
export function usePages<Item>(
  readPage: ReadPage<Item>,
  inputs: readonly unknown[],
  options: QueryOptions = {},
): Pages<Item> {
  return useReading(() => createPages(readPage), inputs, options);
}

function useReading<Reading extends Pick<Query<unknown>, 'refresh' | 'stop' | 'problem'>>(
  create: () => Reading,
  inputs: readonly unknown[],
  { pollMs }: QueryOptions,
): Reading {
  const reading = useMemo(create, inputs);
  useEffect(() => {
    const hasFailed = () => reading.problem.peek() !== null;
    const endPolling = pollMs === undefined ? null : startPolling(reading.refresh, pollMs, hasFailed);
    if (endPolling === null) void reading.refresh();
    return () => {
      endPolling?.();
      reading.stop();
    };
  }, [reading, pollMs]);
  return reading;
}
