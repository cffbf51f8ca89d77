import type { Signal } from '@preact/signals';
import { formatMoney } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import type { Hall } from '../seats/hall-seats.ts';
import { seatMessages } from '../seats/seat-messages.ts';
import { describeSeat } from '../seats/seat-texts.ts';

type PointedSeatProps = {
  readonly hall: Hall;
  readonly model: HallModel;
  /** The seat under the pointer or with the focus. */
  readonly pointed: Signal<number | null>;
};

/** The seat that the fan points at, in words; the seat itself says the same to assistive technology. */
export function PointedSeat({ hall, model, pointed }: PointedSeatProps) {
  const seat = pointed.value === null ? undefined : hall.seats[pointed.value - 1];
  if (seat === undefined) return null;
  const look = model.statuses.lookOf(seat.number);
  return (
    <p class="pointed-seat small" aria-hidden="true">
      {describeSeat(seat, look, hall.hasLayout, textsOf(seatMessages), formatMoney)}
    </p>
  );
}
