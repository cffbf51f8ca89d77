import type { Concert, Event } from '@frontrow/client';

export type SalesPhase = 'CANCELLED' | 'STOPPED' | 'CONCERT_STOPPED' | 'NOT_OPEN' | 'ON_SALE' | 'CLOSED';

/** What fans find at a time in milliseconds since 1970. */
export function phaseOf(
  event: Pick<Event, 'salesState' | 'reservationStartAt' | 'reservationEndAt'>,
  concert: Pick<Concert, 'salesState'> | null,
  now: number,
): SalesPhase {
  if (event.salesState !== 'RUNNING') return event.salesState;
  if (concert?.salesState === 'STOPPED') return 'CONCERT_STOPPED';
  if (now < Date.parse(event.reservationStartAt)) return 'NOT_OPEN';
  return now < Date.parse(event.reservationEndAt) ? 'ON_SALE' : 'CLOSED';
}
