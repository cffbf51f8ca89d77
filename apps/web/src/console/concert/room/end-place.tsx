import { answerOf, removeFromQueue } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../../shared/api.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';
import { errorAt } from '../../problems/field-errors.ts';
import type { RoomActProps } from './room-act.ts';

const USER_ID_LENGTH_MAX = 128;

/** Ends the place of one user, for example of a bot. */
export function EndPlace({ concert, onDone, onClose }: RoomActProps) {
  const userId = useSignal('');
  const end = useAct(
    () =>
      send(() =>
        answerOf(removeFromQueue({ client, path: { concertId: concert.id, userId: userId.value.trim() } })),
      ),
    () => {
      showToast(`The place of ${userId.value.trim()} has ended`);
      onDone();
    },
  );
  return (
    <ActDialog
      title="End a place"
      verb="End this place"
      isDangerous
      act={end}
      blocked={userId.value.trim() === '' ? 'Type the user id first' : null}
      onSubmit={() => void end.run(null)}
      onClose={onClose}
    >
      <p>
        The user leaves the waiting room or loses the right to book. A hold of the user stays until it runs
        out. The user may join again, at the end of the line.
      </p>
      <TextField
        label="User id"
        value={userId}
        required
        maxLength={USER_ID_LENGTH_MAX}
        autoComplete="off"
        hint="As in the orders: the sub of the access token. Nothing happens where the user has no place."
        error={errorAt(end.problem.value, '/path/userId')}
      />
    </ActDialog>
  );
}
