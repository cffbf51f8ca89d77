import { answerOf, replayWebhooks } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client, clock } from '../../shared/api.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { InstantField } from '../components/instant-field.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { send } from '../data/send.ts';
import { errorAt } from '../problems/field-errors.ts';

const HOUR_MS = 3_600_000;

type ReplayMessagesProps = { readonly endpointId: string; readonly onClose: () => void };

/** Sends again what happened in a span of time; each request makes a thousand messages due, and is followed by the next. */
export function ReplayMessages({ endpointId, onClose }: ReplayMessagesProps) {
  const from = useSignal(new Date(clock.now() - HOUR_MS).toISOString());
  const to = useSignal(new Date(clock.now()).toISOString());
  const sent = useSignal(0);
  const act = useAct(
    async () => {
      let cursor: string | null = null;
      sent.value = 0;
      for (;;) {
        const body: { from: string; to: string; cursor?: string } = {
          from: from.value,
          to: to.value,
          ...(cursor === null ? {} : { cursor }),
        };
        const answer = await send(() => answerOf(replayWebhooks({ client, path: { endpointId }, body })));
        if (!answer.ok) return answer;
        sent.value += answer.data.messageCount;
        cursor = answer.data.nextCursor;
        if (cursor === null) return answer;
      }
    },
    () => {
      showToast(`${sent.value} messages are due again`);
      onClose();
    },
  );
  return (
    <ActDialog
      title="Replay messages"
      verb="Replay"
      act={act}
      blocked={from.value === '' || to.value === '' ? 'Name both times' : null}
      onSubmit={() => void act.run(undefined)}
      onClose={onClose}
    >
      <p>
        Sends again what happened from the first time until before the second, delivered or not. 30 days are
        stored.
      </p>
      <InstantField label="From" value={from} error={errorAt(act.problem.value, '/from')} />
      <InstantField label="To" value={to} error={errorAt(act.problem.value, '/to')} />
      {act.isSending.value && <p role="status">{sent.value} messages so far</p>}
    </ActDialog>
  );
}
