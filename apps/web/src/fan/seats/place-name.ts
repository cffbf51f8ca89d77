import type { ReservedSeat } from '@frontrow/client';
import { locale } from '../../shared/i18n/locale.ts';

/** Where a seat is, in words. A date without a layout has numbers only. */
export function placeName(seat: ReservedSeat | null, number: number): string {
  const isKorean = locale.value === 'ko';
  if (seat === null) return isKorean ? `${number}번` : `Seat ${number}`;
  const { section, row, label } = seat;
  return isKorean ? `${section} ${row}열 ${label}번` : `${section}, row ${row}, seat ${label}`;
}

/** Where each seat of a reservation is, in words, by ascending number. */
export function placeNames(seatNumbers: readonly number[], seats: readonly ReservedSeat[] | null) {
  const places = new Map(seats?.map((seat) => [seat.number, seat]));
  return seatNumbers.map((number) => ({ number, name: placeName(places.get(number) ?? null, number) }));
}
