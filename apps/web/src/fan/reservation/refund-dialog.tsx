import { useSignal } from '@preact/signals';
import { Dialog } from '../../shared/components/dialog.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { placeNames } from '../seats/place-name.ts';
import type { ReservationProps } from './reservation-state.ts';
import { reservationMessages } from './messages.ts';

/** Lets the owner choose which seats to refund; at first all that are not refunded yet. */
export function RefundDialog({
  state,
  reservation,
  onClose,
}: ReservationProps & { readonly onClose: () => void }) {
  const texts = textsOf(reservationMessages);
  const { seatNumbers, seats, refundedSeats } = reservation;
  const refundable = seatNumbers.filter((number) => !refundedSeats.includes(number));
  const chosen = useSignal<readonly number[]>(refundable);
  const toggle = (number: number) => {
    chosen.value = refundable.filter((other) => chosen.value.includes(other) !== (other === number));
  };
  return (
    <Dialog title={texts.refundTitle} onClose={onClose}>
      <p>{texts.refundText}</p>
      <fieldset class="choices">
        <legend>{texts.chooseSeats}</legend>
        {placeNames(refundable, seats).map(({ number, name }) => (
          <label key={number} class="choice-line">
            <input type="checkbox" checked={chosen.value.includes(number)} onChange={() => toggle(number)} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <div class="row">
        <button
          type="button"
          class="button button-danger"
          disabled={chosen.value.length === 0 || state.acting.value !== null}
          onClick={() => void state.refund(chosen.value).then(onClose)}
        >
          {texts.refundSome(chosen.value.length)}
        </button>
        <button type="button" class="button button-quiet" onClick={onClose}>
          {texts.close}
        </button>
      </div>
    </Dialog>
  );
}
