import { type Event, answerOf, giveSeats } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { TextField } from '../components/fields.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { sendOnce } from '../data/send.ts';
import { formatSeatNumbers, parseSeatNumbers } from '../hall/seat-numbers.ts';
import { errorAt } from '../problems/field-errors.ts';

/** As many seats as one order has. */
const SEATS_MAX = 50;

type GivingProps = {
  readonly event: Pick<Event, 'id' | 'seatCount'>;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** Gives chosen seats to a user for nothing. */
export function GiveSeats(props: GivingProps & { readonly seatNumbers: readonly number[] }) {
  return (
    <GiveDialog {...props}>
      <p>Numbers {formatSeatNumbers(props.seatNumbers)}, for nothing and confirmed at once.</p>
    </GiveDialog>
  );
}

/** A button that asks for the numbers of the seats as well. */
export function GiveSeatsByNumber({ event, onDone }: Omit<GivingProps, 'onClose'>) {
  const isOpen = useSignal(false);
  const numbers = useSignal('');
  const close = () => {
    isOpen.value = false;
  };
  return (
    <>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        Give seats away …
      </button>
      {isOpen.value && (
        <GiveDialog
          event={event}
          seatNumbers={parseSeatNumbers(numbers.value, event.seatCount) ?? []}
          onClose={close}
          onDone={() => {
            close();
            onDone();
          }}
        >
          <TextField
            label="Seat numbers"
            value={numbers}
            required
            hint={`Such as 1-4, 7. The date has the numbers 1 to ${event.seatCount}; the map of the seats shows them.`}
          />
        </GiveDialog>
      )}
    </>
  );
}

type GiveDialogProps = GivingProps & {
  readonly seatNumbers: readonly number[];
  readonly children: preact.ComponentChildren;
};

function GiveDialog({ event, seatNumbers, onClose, onDone, children }: GiveDialogProps) {
  const userId = useSignal('');
  const reason = useSignal('');
  const path = { eventId: event.id };
  const act = useAct(
    () => {
      const body = { userId: userId.value.trim(), seatNumbers: [...seatNumbers], reason: reason.value };
      return sendOnce(`give/${event.id}`, body, (headers) =>
        answerOf(giveSeats({ client, path, body, headers })),
      );
    },
    (order) => {
      showToast(`Given to ${order.userId}`);
      onDone();
    },
  );
  return (
    <ActDialog
      title="Give seats away"
      verb="Give away"
      act={act}
      blocked={blockedBy(seatNumbers.length)}
      onSubmit={() => void act.run(undefined)}
      onClose={onClose}
    >
      {children}
      <TextField
        label="User"
        value={userId}
        hint="The id of the user, who gets the tickets."
        required
        maxLength={128}
        error={errorAt(act.problem.value, '/userId')}
      />
      <TextField label="Reason" value={reason} required maxLength={500} />
    </ActDialog>
  );
}

function blockedBy(seatCount: number): string | null {
  if (seatCount === 0) return 'Name the seats first';
  return seatCount > SEATS_MAX ? `An order has at most ${SEATS_MAX} seats` : null;
}
