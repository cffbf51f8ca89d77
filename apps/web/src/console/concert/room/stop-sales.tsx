import { type SalesChange, answerOf, changeConcertSales } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../../shared/api.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { ConfirmByTyping } from '../../components/confirm-by-typing.tsx';
import { ReasonField, reasonOf } from '../../components/reason-field.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';
import { errorAt } from '../../problems/field-errors.ts';
import type { RoomActProps } from './room-act.ts';

function useSalesChange({ concert, onDone }: RoomActProps, told: string) {
  return useAct(
    (body: SalesChange) =>
      send(() => answerOf(changeConcertSales({ client, path: { concertId: concert.id }, body }))),
    () => {
      showToast(told);
      onDone();
    },
  );
}

/** The emergency stop of every date of the concert. */
export function StopSales(props: RoomActProps) {
  const reason = useSignal('');
  const stop = useSalesChange(props, 'All sales are stopped');
  return (
    <ConfirmByTyping
      title="Stop all sales"
      verb="Stop all sales"
      name={props.concert.title}
      act={stop}
      onConfirm={() => void stop.run({ salesState: 'STOPPED', reason: reasonOf(reason.value) })}
      onClose={props.onClose}
    >
      <p>
        From now on nobody holds, extends or pays seats of any date, not even fans who hold seats now. Their
        holds run out. Paid orders stay as they are.
      </p>
      <ReasonField value={reason} error={errorAt(stop.problem.value, '/reason')} />
    </ConfirmByTyping>
  );
}

export function RestartSales(props: RoomActProps) {
  const restart = useSalesChange(props, 'Sales run again');
  return (
    <ActDialog
      title="Restart sales"
      verb="Restart sales"
      act={restart}
      onSubmit={() => void restart.run({ salesState: 'RUNNING' })}
      onClose={props.onClose}
    >
      <p>Fans can hold and pay again. A date that is stopped by itself stays stopped.</p>
    </ActDialog>
  );
}
