import { type Event, answerOf, blockSeats, releaseBlockedSeats } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../../shared/api.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { sendOnce } from '../../data/send.ts';
import { formatSeatNumbers } from '../../hall/seat-numbers.ts';
import { errorAt } from '../../problems/field-errors.ts';

/** As many numbers as one request takes. */
const NUMBERS_MAX = 1_000;

type SeatFormProps = {
  readonly event: Pick<Event, 'id'>;
  readonly seatNumbers: readonly number[];
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** Keeps seats back from the sale. */
export function BlockSeats({ event, seatNumbers, onClose, onDone }: SeatFormProps) {
  const reason = useSignal('');
  const path = { eventId: event.id };
  const act = useAct(
    () => {
      const body = { seatNumbers: [...seatNumbers], reason: reason.value };
      return sendOnce(`block/${event.id}`, body, (headers) =>
        answerOf(blockSeats({ client, path, body, headers })),
      );
    },
    ({ seatCount }) => {
      showToast(`${countOf(seatCount)} blocked`);
      onDone();
    },
  );
  return (
    <ActDialog
      title={`Block ${countOf(seatNumbers.length)}`}
      verb="Block"
      act={act}
      blocked={seatNumbers.length > NUMBERS_MAX ? `At most ${NUMBERS_MAX} at once` : null}
      onSubmit={() => void act.run(undefined)}
      onClose={onClose}
    >
      <p>Numbers {formatSeatNumbers(seatNumbers)}. Nobody can buy them until they are released.</p>
      <TextField
        label="Reason"
        value={reason}
        hint="Only staff see it."
        required
        maxLength={200}
        error={errorAt(act.problem.value, '/reason')}
      />
    </ActDialog>
  );
}

/** Returns blocked seats to the sale. */
export function ReleaseSeats({ event, seatNumbers, onClose, onDone }: SeatFormProps) {
  const reason = useSignal('');
  const path = { eventId: event.id };
  const act = useAct(
    () => {
      const body = { seatNumbers: [...seatNumbers], reason: reason.value };
      return sendOnce(`release/${event.id}`, body, (headers) =>
        answerOf(releaseBlockedSeats({ client, path, body, headers })),
      );
    },
    ({ seatCount }) => {
      showToast(`${countOf(seatCount)} released`);
      onDone();
    },
  );
  return (
    <ActDialog
      title={`Release ${countOf(seatNumbers.length)}`}
      verb="Release"
      act={act}
      blocked={seatNumbers.length > NUMBERS_MAX ? `At most ${NUMBERS_MAX} at once` : null}
      onSubmit={() => void act.run(undefined)}
      onClose={onClose}
    >
      <p>Numbers {formatSeatNumbers(seatNumbers)}. They go on sale at once.</p>
      <TextField label="Reason" value={reason} hint="For the audit log." required maxLength={200} />
    </ActDialog>
  );
}

function countOf(seats: number): string {
  return seats === 1 ? '1 seat' : `${seats} seats`;
}
