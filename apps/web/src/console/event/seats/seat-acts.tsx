import type { Event } from '@frontrow/client';
import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import { Allowed } from '../../components/allowed.tsx';
import { type Hall, placeOf } from '../../hall/hall.ts';
import { formatSeatNumbers } from '../../hall/seat-numbers.ts';
import { GiveSeats } from '../../orders/give-seats.tsx';
import { BlockSeats, ReleaseSeats } from './block-seats.tsx';
import { OpenOrder } from './open-order.tsx';
import type { Selection } from './selection.ts';

type SeatActsProps = {
  readonly event: Event;
  readonly hall: Hall;
  readonly letters: ReadonlySignal<string>;
  readonly selection: Selection;
  readonly onChanged: () => void;
};

/** The seats are those of the moment at which the form was opened, whatever is sold meanwhile: the server refuses those. */
type OpenedForm = {
  readonly name: 'block' | 'release' | 'give';
  readonly seatNumbers: readonly number[];
};

/** What can be done with the chosen seats. */
export function SeatActs({ event, hall, letters, selection, onChanged }: SeatActsProps) {
  const dialog = useSignal<OpenedForm | null>(null);
  const chosen = useComputed(() => [...selection.numbers.value].toSorted((a, b) => a - b));
  const inState = (state: string) => chosen.value.filter((number) => letters.value[number - 1] === state);
  const [free, blocked] = [inState('A'), inState('B')];
  const taken = chosen.value.filter((number) => 'HS'.includes(letters.value[number - 1] ?? ' '));
  const onClose = () => {
    dialog.value = null;
  };
  const onDone = () => {
    onClose();
    selection.clear();
    onChanged();
  };
  const opened = dialog.value;
  const form = { event, onClose, onDone, seatNumbers: opened?.seatNumbers ?? [] };
  const open = (name: OpenedForm['name'], seatNumbers: readonly number[]) => () => {
    dialog.value = { name, seatNumbers };
  };
  return (
    <div class="card row row-spread seat-acts" role="region" aria-label="Chosen seats">
      <p role="status" class="seat-acts-text">
        {chosen.value.length === 0
          ? 'Choose seats to block, release or give away, or one sold seat to see its order.'
          : `${chosen.value.length} chosen: ${describe(hall, chosen.value)}`}
      </p>
      {chosen.value.length > 0 && (
        <div class="row">
          {taken.length === 1 && chosen.value.length === 1 && taken[0] !== undefined && (
            <OpenOrder eventId={event.id} seatNumber={taken[0]} />
          )}
          <Allowed scope="sales:write">
            <Act text={`Block ${free.length}`} count={free.length} onClick={open('block', free)} />
            <Act
              text={`Release ${blocked.length}`}
              count={blocked.length}
              onClick={open('release', blocked)}
            />
            <Act text={`Give away ${free.length}`} count={free.length} onClick={open('give', free)} />
          </Allowed>
          <button type="button" class="button button-quiet" onClick={selection.clear}>
            Choose none
          </button>
        </div>
      )}
      {opened?.name === 'block' && <BlockSeats {...form} />}
      {opened?.name === 'release' && <ReleaseSeats {...form} />}
      {opened?.name === 'give' && <GiveSeats {...form} />}
    </div>
  );
}

type ActProps = { readonly text: string; readonly count: number; readonly onClick: () => void };

function Act({ text, count, onClick }: ActProps) {
  if (count === 0) return null;
  return (
    <button type="button" class="button" onClick={onClick}>
      {text} …
    </button>
  );
}

function describe(hall: Hall, numbers: readonly number[]): string {
  const [only] = numbers;
  const place = numbers.length === 1 && only !== undefined ? placeOf(hall, only) : null;
  if (place === null) return `numbers ${formatSeatNumbers(numbers)}`;
  return `${place.section}, row ${place.row}, seat ${place.seat.label} (number ${place.number})`;
}
