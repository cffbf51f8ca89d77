import { answerOf, startCrowd } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../../shared/api.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';
import { errorAt } from '../../problems/field-errors.ts';

const FANS_MAX = 2_000;

export function SendCrowd({
  onSent,
  onClose,
}: {
  readonly onSent: () => void;
  readonly onClose: () => void;
}) {
  const fans = useSignal('200');
  const start = useAct(
    () => send(() => answerOf(startCrowd({ client, body: { fans: Number(fans.value) } }))),
    (crowd) => {
      showToast(`${crowd.fans} bots are on their way`);
      onSent();
      onClose();
    },
  );
  return (
    <ActDialog
      title="Send a crowd"
      verb="Send"
      act={start}
      onSubmit={() => void start.run(null)}
      onClose={onClose}
    >
      <p>Bots visit the concerts that are on sale, at the pace of people, so that you see the rooms move.</p>
      <TextField
        label="Fans"
        type="number"
        value={fans}
        required
        min={1}
        max={FANS_MAX}
        error={errorAt(start.problem.value, '/fans')}
      />
    </ActDialog>
  );
}
