import { Notice } from '../../shared/components/notice.tsx';
import type { AnyProblem } from '../data/answer.ts';
import { problemText } from '../problems/problem-texts.ts';

type ProblemNoticeProps = {
  readonly problem: AnyProblem | null;
  /** Shows a button that tries again. */
  readonly onRetry?: () => void;
};

/** Why a request was refused and what the operator can do; nothing without a problem. */
export function ProblemNotice({ problem, onRetry }: ProblemNoticeProps) {
  if (problem === null) return null;
  const { title, advice } = problemText(problem);
  return (
    <Notice tone="bad" title={title} alert>
      <p>{advice}</p>
      {onRetry && (
        <p>
          <button type="button" class="button button-quiet" onClick={onRetry}>
            Try again
          </button>
        </p>
      )}
    </Notice>
  );
}
