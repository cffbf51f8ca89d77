import { type Event, answerOf, cancelEvent } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../../shared/api.ts';
import { ConfirmByTyping } from '../../components/confirm-by-typing.tsx';
import { TextField } from '../../components/fields.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';

type CancelEventProps = {
  readonly event: Event;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** Cancels a date for good, and refunds everybody. */
export function CancelEvent({ event, onClose, onDone }: CancelEventProps) {
  const reason = useSignal('');
  const path = { eventId: event.id };
  const act = useAct(
    () => send(() => answerOf(cancelEvent({ client, path, body: { reason: reason.value } }))),
    () => {
      showToast('Date cancelled');
      onDone();
    },
  );
  return (
    <ConfirmByTyping
      title="Cancel the date"
      verb="Cancel the date"
      name={event.venue}
      act={act}
      onConfirm={() => void act.run(undefined)}
      onClose={onClose}
    >
      <p>Every hold ends, and every paid order is refunded. A cancelled date stays cancelled.</p>
      <TextField label="Reason" value={reason} hint="Fans read it." required maxLength={500} />
    </ConfirmByTyping>
  );
}
