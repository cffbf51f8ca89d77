import { useEffect } from 'preact/hooks';
import { Notice } from '../../shared/components/notice.tsx';
import type { ReadConcert } from './read-concert.ts';

type ConcertConflictProps = {
  /** What the operator has seen. */
  readonly seen: ReadConcert;
  /** What was read last. */
  readonly now: ReadConcert;
  readonly onRefresh: () => void;
  /** The operator knows the change, and may save over it. */
  readonly onAccept: () => void;
};

const FACTS = ['title', 'artist', 'description', 'visibility', 'salesState'] as const;

/** Shows what somebody else has changed meanwhile. */
export function ConcertConflict({ seen, now, onRefresh, onAccept }: ConcertConflictProps) {
  useEffect(onRefresh, []);
  if (seen.etag === now.etag) return null;
  const changed = FACTS.filter((fact) => seen.concert[fact] !== now.concert[fact]);
  return (
    <Notice tone="warn" title="Changed by somebody else">
      {changed.length === 0 && <p>Only its dates or sales have changed.</p>}
      <ul>
        {changed.map((fact) => (
          <li key={fact}>
            {fact}: “{seen.concert[fact]}” is now “{now.concert[fact]}”
          </li>
        ))}
      </ul>
      <p>
        <button type="button" class="button button-quiet" onClick={onAccept}>
          Continue with my text
        </button>
      </p>
    </Notice>
  );
}
