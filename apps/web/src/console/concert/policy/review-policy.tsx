import { type Policy, type WaitingRoom, answerOf, changePolicy, getPolicy } from '@frontrow/client';
import { client } from '../../../shared/api.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';
import { OthersChanges } from './others-changes.tsx';
import { policyEffects } from './policy-effects.ts';
import { type PolicyChange, changedPolicy, differences, patchOf, valueText } from './policy-values.ts';

type ReviewPolicyProps = {
  readonly concertId: string;
  /** What the operator has seen. */
  readonly seen: Policy;
  /** As it was read last. */
  readonly policy: Policy;
  readonly changes: readonly PolicyChange[];
  readonly room: WaitingRoom | null;
  readonly refresh: () => Promise<unknown>;
  readonly onApplied: () => void;
  readonly onSeen: () => void;
  readonly onClose: () => void;
};

const COLUMNS: readonly Column<PolicyChange>[] = [
  { title: 'Rule', cell: ({ field }) => field.label },
  { title: 'Now', cell: ({ field, from }) => valueText(field, from) },
  { title: 'Then', cell: ({ field, to }) => valueText(field, to) },
];

/** Shows what is different and what it will do before the changes are made. */
export function ReviewPolicy(props: ReviewPolicyProps) {
  const { concertId, policy, seen, changes, room, refresh, onApplied, onSeen, onClose } = props;
  const others = differences(seen, policy);
  const path = { concertId };
  const apply = useAct<null, Policy | null>(
    async () => {
      const present = await send(() => answerOf(getPolicy({ client, path })));
      if (!present.ok) return present;
      if (differences(seen, present.data).length > 0) return { ok: true, data: null };
      return send(() => answerOf(changePolicy({ client, path, body: patchOf(changes) })));
    },
    (changed) => {
      void refresh();
      if (changed === null) return; // somebody else was faster: the dialog shows the change
      showToast('The policy is changed');
      onApplied();
    },
  );
  const effects = policyEffects(changedPolicy(policy, changes), changes, room);
  return (
    <ActDialog
      title="Change the policy?"
      verb="Apply changes"
      act={apply}
      blocked={others.length > 0 ? 'Look at the change of somebody else first' : null}
      onSubmit={() => void apply.run(null)}
      onClose={onClose}
    >
      <OthersChanges changes={others} onSeen={onSeen} />
      <DataTable
        caption="Changed rules"
        columns={COLUMNS}
        rows={changes}
        rowKey={({ field }) => field.path}
        empty="Nothing is different any more."
      />
      <ul>
        {effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
    </ActDialog>
  );
}
