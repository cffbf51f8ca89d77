import { answerOf, changePolicy } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../../shared/api.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { ReasonField, reasonOf } from '../../components/reason-field.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';
import { errorAt } from '../../problems/field-errors.ts';
import type { RoomActProps } from './room-act.ts';

/** Stops the admission: fans keep their places, and those who are admitted may go on. */
export function PauseAdmission({ concert, onDone, onClose }: RoomActProps) {
  const reason = useSignal('');
  const pause = useAct(
    () =>
      send(() =>
        answerOf(
          changePolicy({
            client,
            path: { concertId: concert.id },
            body: { admission: { state: 'PAUSED', reason: reasonOf(reason.value) } },
          }),
        ),
      ),
    () => {
      showToast('Admission is paused');
      onDone();
    },
  );
  return (
    <ActDialog
      title="Pause admission"
      verb="Pause admission"
      act={pause}
      onSubmit={() => void pause.run(null)}
      onClose={onClose}
    >
      <p>
        Nobody else is admitted until you resume. Fans keep their places in the line, and those who are
        admitted go on booking.
      </p>
      <ReasonField value={reason} error={errorAt(pause.problem.value, '/admission/reason')} />
    </ActDialog>
  );
}

export function ResumeAdmission({ concert, onDone, onClose }: RoomActProps) {
  const resume = useAct(
    () =>
      send(() =>
        answerOf(
          changePolicy({
            client,
            path: { concertId: concert.id },
            body: { admission: { state: 'RUNNING' } },
          }),
        ),
      ),
    () => {
      showToast('Admission has resumed');
      onDone();
    },
  );
  return (
    <ActDialog
      title="Resume admission"
      verb="Resume admission"
      act={resume}
      onSubmit={() => void resume.run(null)}
      onClose={onClose}
    >
      <p>
        Fans are admitted again in their order, at the rate of the policy. What was not admitted is not made
        up for.
      </p>
    </ActDialog>
  );
}
