import { answerOf, refundByStaff } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { formatMoney } from '../../shared/i18n/formats.ts';
import { ConfirmByTyping } from '../components/confirm-by-typing.tsx';
import { TextField } from '../components/fields.tsx';
import { Notice } from '../../shared/components/notice.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { sendOnce } from '../data/send.ts';
import type { OrderFormProps } from './cancel-order.tsx';

/** Refunds the whole order or some of its seats. */
export function RefundOrder({ order, onClose, onDone }: OrderFormProps) {
  const left = order.seatNumbers.filter((number) => !order.refundedSeats.includes(number));
  const chosen = useSignal<readonly number[]>(left);
  const reason = useSignal('');
  const path = { reservationId: order.id };
  const act = useAct(
    () => {
      const seats = chosen.value.length === left.length ? {} : { seatNumbers: [...chosen.value] };
      const body = { ...seats, reason: reason.value };
      return sendOnce(`refund/${order.id}`, body, (headers) =>
        answerOf(refundByStaff({ client, path, body, headers })),
      );
    },
    ({ amount }) => {
      showToast(`${formatMoney(amount)} refunded`);
      onDone();
    },
  );
  return (
    <ConfirmByTyping
      title="Refund the order"
      verb={
        chosen.value.length === left.length
          ? 'Refund all seats'
          : `Refund ${chosen.value.length} of ${left.length}`
      }
      name={order.userId}
      act={act}
      blocked={chosen.value.length === 0 ? 'Choose a seat' : null}
      onConfirm={() => void act.run(undefined)}
      onClose={onClose}
    >
      <p>
        The money goes to the wallet of {order.userId}, the tickets become invalid, and the seats go on sale
        at once.
      </p>
      <SeatChoice order={order} left={left} chosen={chosen} />
      {usedSeats(order, chosen.value).length > 0 && (
        <Notice tone="warn" title="Some of these tickets are used">
          <p>Somebody has entered with: {usedSeats(order, chosen.value).join(', ')}.</p>
        </Notice>
      )}
      <TextField label="Reason" value={reason} required maxLength={500} />
    </ConfirmByTyping>
  );
}

type SeatChoiceProps = {
  readonly order: OrderFormProps['order'];
  readonly left: readonly number[];
  readonly chosen: { value: readonly number[] };
};

function SeatChoice({ order, left, chosen }: SeatChoiceProps) {
  const nameOf = (number: number) => {
    const seat = order.seats?.find((each) => each.number === number);
    return seat === undefined ? `Seat ${number}` : `${seat.section} ${seat.row} ${seat.label}`;
  };
  return (
    <fieldset class="seat-choice">
      <legend class="field-label">Seats</legend>
      {left.map((number) => (
        <label key={number} class="checkbox">
          <input
            type="checkbox"
            checked={chosen.value.includes(number)}
            onChange={({ currentTarget }) => {
              chosen.value = left.filter((each) =>
                each === number ? currentTarget.checked : chosen.value.includes(each),
              );
            }}
          />
          {nameOf(number)}
        </label>
      ))}
    </fieldset>
  );
}

function usedSeats({ tickets }: OrderFormProps['order'], chosen: readonly number[]): number[] {
  return tickets
    .filter(({ status, seatNumber }) => status === 'CHECKED_IN' && chosen.includes(seatNumber))
    .map(({ seatNumber }) => seatNumber);
}
