import type { ComponentChildren } from 'preact';
import type { Query } from '../data/query.ts';
import { PageHead } from './page-head.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { Skeleton } from './skeleton.tsx';

type LoadedProps<Data> = {
  readonly query: Query<Data>;
  /** What a page is called when it cannot read its name. */
  readonly pageTitle?: string;
  readonly children: (data: Data) => ComponentChildren;
};

/** What a query has read; before that a placeholder. A later failure is told above the data that is known. */
export function Loaded<Data>({ query, pageTitle, children }: LoadedProps<Data>) {
  const data = query.data.value;
  const problem = <ProblemNotice problem={query.problem.value} onRetry={() => void query.refresh()} />;
  if (data === null && query.problem.value === null) return <Skeleton />;
  if (data === null)
    return (
      <>
        {pageTitle !== undefined && <PageHead title={pageTitle} />}
        {problem}
      </>
    );
  return (
    <div class="stack">
      {problem}
      {children(data)}
    </div>
  );
}
