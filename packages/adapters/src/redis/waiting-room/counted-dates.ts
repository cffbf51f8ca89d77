import type { CountedDate } from '@frontrow/domain/waiting-room/inventory.ts';

/** The end of the booking window-unsold seats;… in the order of the ends, as set-inventory.lua keeps them. */
export function writeCountedDates(dates: readonly CountedDate[]): string {
  const byEnd = dates.toSorted((a, b) => a.reservationEndAt - b.reservationEndAt);
  return byEnd.map(({ reservationEndAt, unsold }) => `${reservationEndAt}-${unsold}`).join(';');
}

export function readCountedDates(text: string): readonly CountedDate[] {
  if (text === '') return [];
  return text.split(';').map((date) => {
    const [reservationEndAt, unsold] = date.split('-').map(Number);
    return { reservationEndAt: reservationEndAt!, unsold: unsold! };
  });
}
