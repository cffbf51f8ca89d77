import { textsOf } from '../../shared/i18n/locale.ts';
import { placeNames } from '../seats/place-name.ts';
import type { ReservationProps } from './reservation-state.ts';
import { reservationMessages } from './messages.ts';

/** The seats of a hold. Each but the last can be given back alone. */
export function HeldSeats({ state, reservation }: ReservationProps) {
  const texts = textsOf(reservationMessages);
  const { seatNumbers, seats } = reservation;
  return (
    <ul class="seat-list">
      {placeNames(seatNumbers, seats).map(({ number, name }) => (
        <li key={number} class="row row-spread">
          <span>{name}</span>
          {seatNumbers.length > 1 && (
            <button
              type="button"
              class="button button-quiet button-small"
              aria-label={texts.releaseSeat(name)}
              disabled={state.acting.value !== null}
              onClick={() => void state.keep(seatNumbers.filter((other) => other !== number))}
            >
              {texts.release}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
