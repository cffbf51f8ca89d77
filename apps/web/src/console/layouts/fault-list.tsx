import { Notice } from '../../shared/components/notice.tsx';
import type { LayoutFault } from './layout-faults.ts';

/** What the server does not accept, each with its place. */
export function FaultList({ faults }: { readonly faults: readonly LayoutFault[] }) {
  if (faults.length === 0) return null;
  return (
    <Notice
      tone="bad"
      title={faults.length === 1 ? 'The layout has a fault' : `The layout has ${faults.length} faults`}
      alert
    >
      <ol class="faults">
        {faults.map(({ place, detail, excerpt }, index) => (
          <li key={index}>
            <strong>{place}</strong> {detail}
            {excerpt !== null && <code class="fault-line">{excerpt}</code>}
          </li>
        ))}
      </ol>
    </Notice>
  );
}
