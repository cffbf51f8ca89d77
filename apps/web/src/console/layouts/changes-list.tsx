import type { Layout } from '@frontrow/client';
import { useMemo } from 'preact/hooks';
import { layoutChanges } from './layout-changes.ts';

/** What saving would change. */
export function ChangesList({ before, after }: { readonly before: Layout; readonly after: Layout }) {
  const changes = useMemo(() => layoutChanges(before, after), [before, after]);
  if (changes.length === 0) return <p class="muted">Nothing is changed.</p>;
  return (
    <div>
      <h2>Saving changes</h2>
      <ul>
        {changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    </div>
  );
}
