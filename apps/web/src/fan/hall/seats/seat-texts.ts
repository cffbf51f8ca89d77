import { placeName } from '../../seats/place-name.ts';
import type { Hall, HallSeat } from './hall-seats.ts';
import type { SeatLook } from './seat-statuses.ts';

/** The words and formats that the text of a seat is made of. */
export type SeatTexts = {
  readonly seat: (label: string) => string;
  readonly rowAndSeat: (row: string, label: string) => string;
  readonly looks: Readonly<Record<SeatLook, string>>;
  readonly kinds: Readonly<Record<'accessible' | 'companion', string>>;
  readonly obstructedView: (note: string) => string;
};

/** What a screen reader says of a seat: where it is, its category and price, its status, and what is special. */
export function describeSeat(
  seat: HallSeat,
  look: SeatLook,
  hasLayout: boolean,
  texts: SeatTexts,
  formatMoney: (amount: number) => string,
): string {
  const { category } = seat;
  return [
    hasLayout ? texts.rowAndSeat(seat.row, seat.label) : texts.seat(seat.label),
    hasLayout ? `${category.name} ${formatMoney(category.price)}` : formatMoney(category.price),
    texts.looks[look],
    ...(seat.kind === 'standard' ? [] : [texts.kinds[seat.kind]]),
    ...(seat.obstructedView === null ? [] : [texts.obstructedView(seat.obstructedView)]),
  ].join(', ');
}

/** Where a seat is in the hall; its number alone where it has no place, as after a change of the layout. */
export function nameSeat(hall: Hall, number: number): string {
  const seat = hall.seats[number - 1];
  if (seat === undefined || !hall.hasLayout) return placeName(null, number);
  return placeName({ ...seat, section: hall.sections[seat.section]?.name ?? '' }, number);
}
