import type { ComponentChildren } from 'preact';
import type { Query } from '../data/query.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { Skeleton } from './skeleton.tsx';

export type LoadedProps<Data> = {
  readonly query: Query<Data>;
  readonly children: (data: Data) => ComponentChildren;
};

/** What a query has read; before that a placeholder. A later failure is told above the data that is known. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>) {
  const data = query.data.value;
  const problem = <ProblemNotice problem={query.problem.value} onRetry={() => void query.refresh()} />;
  if (data === null) return query.problem.value === null ? <Skeleton /> : problem;
  return (
    <div class="stack">
      {problem}
      {children(data)}
    </div>
  );
}
