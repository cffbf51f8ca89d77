import { type Event, answerOf, changeEventSales } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../../shared/api.ts';
import { Allowed } from '../../components/allowed.tsx';
import { ActDialog } from '../../components/act-dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { TextField } from '../../components/fields.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';

type SalesControlProps = { readonly event: Event; readonly onChanged: () => void };

/** Stops and resumes the sales of a date. */
export function SalesControl({ event, onChanged }: SalesControlProps) {
  const isStopping = useSignal(false);
  const reason = useSignal('');
  const path = { eventId: event.id };
  const act = useAct(
    (salesState: 'RUNNING' | 'STOPPED') => {
      const body = { salesState, reason: salesState === 'STOPPED' ? reason.value : null };
      return send(() => answerOf(changeEventSales({ client, path, body })));
    },
    ({ salesState }) => {
      showToast(salesState === 'STOPPED' ? 'Sales stopped' : 'Sales run again');
      isStopping.value = false;
      onChanged();
    },
  );
  if (event.salesState === 'CANCELLED') return null;
  return (
    <Allowed scope="sales:write">
      {event.salesState === 'STOPPED' ? (
        <button
          type="button"
          class="button"
          aria-disabled={act.isSending.value}
          onClick={() => void act.run('RUNNING')}
        >
          Resume the sales
        </button>
      ) : (
        <button
          type="button"
          class="button button-quiet"
          onClick={() => {
            isStopping.value = true;
          }}
        >
          Stop the sales …
        </button>
      )}
      {!isStopping.value && <ProblemNotice problem={act.problem.value} />}
      {isStopping.value && (
        <ActDialog
          title="Stop the sales"
          verb="Stop the sales"
          isDangerous
          act={act}
          onSubmit={() => void act.run('STOPPED')}
          onClose={() => {
            isStopping.value = false;
          }}
        >
          <p>From now on nobody holds or pays seats of this date. Holds that run out meanwhile are lost.</p>
          <TextField label="Reason" value={reason} hint="Fans read it." required maxLength={200} autoFocus />
        </ActDialog>
      )}
    </Allowed>
  );
}
