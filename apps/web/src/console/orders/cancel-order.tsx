import { type OrderWithHistory, answerOf, cancelByStaff } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { TextField } from '../components/fields.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { send } from '../data/send.ts';

export type OrderFormProps = {
  readonly order: OrderWithHistory;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** Ends a hold; the seats go on sale at once. */
export function CancelOrder({ order, onClose, onDone }: OrderFormProps) {
  const reason = useSignal('');
  const path = { reservationId: order.id };
  const act = useAct(
    () => send(() => answerOf(cancelByStaff({ client, path, body: { reason: reason.value } }))),
    () => {
      showToast('Hold cancelled');
      onDone();
    },
  );
  return (
    <ActDialog
      title="Cancel the hold"
      verb="Cancel the hold"
      isDangerous
      act={act}
      onSubmit={() => void act.run(undefined)}
      onClose={onClose}
    >
      <p>The seats of {order.userId} go on sale at once.</p>
      <TextField label="Reason" value={reason} required maxLength={500} />
    </ActDialog>
  );
}
