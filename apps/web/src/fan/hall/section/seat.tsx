import { formatMoney } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import { textOn } from '../seats/colours.ts';
import { seatMessages } from '../seats/seat-messages.ts';
import { describeSeat } from '../seats/seat-texts.ts';
import { SeatIcon } from './seat-icon.tsx';
import type { PlacedSeat } from './section-plan.ts';
import { CELL } from './zoom.ts';

type SeatProps = {
  readonly model: HallModel;
  readonly placed: PlacedSeat;
  readonly hasLayout: boolean;
  readonly lineColumn: number | undefined;
};

/** A seat. It reads the signal of its own status, so it renders again only when that changes. */
export function Seat({ model, placed, hasLayout, lineColumn }: SeatProps) {
  const { seat, x, y } = placed;
  const look = model.statuses.lookOf(seat.number);
  const { colour } = seat.category;
  const canChoose = look === 'free' || look === 'chosen';
  return (
    <div
      role="gridcell"
      id={`seat-${seat.number}`}
      class={`seat seat-${look}${seat.label.length > 3 ? ' seat-long' : ''}`}
      style={{ left: `${x * CELL}px`, top: `${y * CELL}px`, '--seat': colour, '--on-seat': textOn(colour) }}
      tabIndex={-1}
      data-seat={seat.number}
      aria-colindex={lineColumn}
      aria-selected={canChoose ? look === 'chosen' : undefined}
      aria-disabled={!canChoose}
      aria-label={describeSeat(seat, look, hasLayout, textsOf(seatMessages), formatMoney)}
    >
      {seat.kind === 'standard' ? (
        <span class="seat-label">{seat.label}</span>
      ) : (
        <SeatIcon kind={seat.kind} />
      )}
    </div>
  );
}
