import type { Policy, WaitingRoom } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { may } from '../../sign-in/scopes.ts';
import { OthersChanges } from './others-changes.tsx';
import { POLICY_GROUPS, type PolicyPath } from './policy-fields.ts';
import { PolicyInput } from './policy-input.tsx';
import { type Draft, differences, inputText, readDraft, valueAt } from './policy-values.ts';
import { ReviewPolicy } from './review-policy.tsx';

type PolicyEditorProps = {
  readonly concertId: string;
  /** As it was read last. */
  readonly policy: Policy;
  readonly room: WaitingRoom | null;
  readonly refresh: () => Promise<unknown>;
};

/**
 * Edits a policy. Only what the operator has typed is kept here: every other rule shows its present value, also when
 * somebody else changes it meanwhile.
 */
export function PolicyEditor({ concertId, policy, room, refresh }: PolicyEditorProps) {
  const draft = useSignal<Draft>({});
  const seen = useSignal(policy);
  const isReviewing = useSignal(false);
  const { changes, errors } = readDraft(policy, draft.value);
  const others = differences(seen.value, policy);
  const isEditing = Object.keys(draft.value).length > 0;
  if (!isEditing && others.length > 0) seen.value = policy;
  const type = (path: PolicyPath, text: string) => {
    draft.value = { ...draft.value, [path]: text };
  };
  const discard = () => {
    draft.value = {};
    seen.value = policy;
  };
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        isReviewing.value = changes.length > 0 && !hasErrors;
      }}
    >
      {isEditing && <OthersChanges changes={others} onSeen={() => (seen.value = policy)} />}
      {POLICY_GROUPS.map(({ title, fields }) => (
        <fieldset key={title} class="card policy-group" disabled={!may('sales:write')}>
          <legend>{title}</legend>
          {fields.map((field) => (
            <PolicyInput
              key={field.path}
              field={field}
              text={draft.value[field.path] ?? inputText(field, valueAt(policy, field.path))}
              isChanged={changes.some((change) => change.field === field)}
              error={errors[field.path] ?? null}
              onType={(text) => type(field.path, text)}
            />
          ))}
        </fieldset>
      ))}
      {isEditing && (
        <div class="policy-bar">
          <span role="status">{summary(changes.length, Object.keys(errors).length)}</span>
          <button type="button" class="button button-quiet" onClick={discard}>
            Discard
          </button>
          <button class="button" aria-disabled={changes.length === 0 || hasErrors}>
            Review changes
          </button>
        </div>
      )}
      {isReviewing.value && (
        <ReviewPolicy
          concertId={concertId}
          seen={seen.value}
          policy={policy}
          changes={changes}
          room={room}
          refresh={refresh}
          onApplied={() => {
            isReviewing.value = false;
            draft.value = {};
          }}
          onSeen={() => (seen.value = policy)}
          onClose={() => (isReviewing.value = false)}
        />
      )}
    </form>
  );
}

function summary(changeCount: number, errorCount: number): string {
  if (errorCount > 0)
    return errorCount === 1 ? '1 entry is not valid' : `${errorCount} entries are not valid`;
  if (changeCount === 0) return 'Nothing is different';
  return changeCount === 1 ? '1 change' : `${changeCount} changes`;
}
