import { Notice } from '../../../shared/components/notice.tsx';
import { type PolicyChange, valueText } from './policy-values.ts';

type OthersChangesProps = {
  readonly changes: readonly PolicyChange[];
  readonly onSeen: () => void;
};

/** What somebody else has changed while the operator was editing. */
export function OthersChanges({ changes, onSeen }: OthersChangesProps) {
  if (changes.length === 0) return null;
  return (
    <Notice tone="warn" title="Somebody else has changed the policy meanwhile" alert>
      <ul>
        {changes.map(({ field, from, to }) => (
          <li key={field.path}>
            {field.label}: {valueText(field, from)} → <strong>{valueText(field, to)}</strong>
          </li>
        ))}
      </ul>
      <p>Your own entries are kept. Apply them only if they still fit.</p>
      <p>
        <button type="button" class="button button-quiet" onClick={onSeen}>
          I have seen it
        </button>
      </p>
    </Notice>
  );
}
