import type { Concert, ListedEvent } from '@frontrow/client';

/** What a fan can do with a date now. `NO_SEATS`: on sale, but every seat is held, sold or blocked; some may return. */
export type SaleState =
  | { readonly kind: 'CANCELLED' | 'STOPPED'; readonly reason: string | null }
  | { readonly kind: 'NOT_YET'; readonly opensAt: string }
  | { readonly kind: 'ON_SALE'; readonly until: string }
  | { readonly kind: 'NO_SEATS' | 'ENDED' };

export type DateOnSale = Pick<
  ListedEvent,
  'reservationStartAt' | 'reservationEndAt' | 'salesState' | 'reason' | 'availableCount'
>;
export type ConcertOnSale = Pick<Concert, 'salesState' | 'reason'>;

/** `now` is the server's time in ms since 1970. */
export function saleStateOf(date: DateOnSale, concert: ConcertOnSale, now: number): SaleState {
  if (date.salesState === 'CANCELLED') return { kind: 'CANCELLED', reason: date.reason };
  if (now >= Date.parse(date.reservationEndAt)) return { kind: 'ENDED' };
  if (date.salesState === 'STOPPED') return { kind: 'STOPPED', reason: date.reason };
  if (concert.salesState !== 'RUNNING') return { kind: 'STOPPED', reason: concert.reason };
  if (now < Date.parse(date.reservationStartAt)) return { kind: 'NOT_YET', opensAt: date.reservationStartAt };
  if (date.availableCount === 0) return { kind: 'NO_SEATS' };
  return { kind: 'ON_SALE', until: date.reservationEndAt };
}

/** From what a fan can act on to what is over. */
const BEST_FIRST: readonly SaleState['kind'][] = [
  'ON_SALE',
  'NOT_YET',
  'NO_SEATS',
  'STOPPED',
  'ENDED',
  'CANCELLED',
];

/** The state of the date that matters most to a fan, the earliest opening first; null without dates. */
export function bestSaleState(states: readonly SaleState[]): SaleState | null {
  const opensAt = (state: SaleState) => (state.kind === 'NOT_YET' ? Date.parse(state.opensAt) : 0);
  const sorted = states.toSorted(
    (a, b) => BEST_FIRST.indexOf(a.kind) - BEST_FIRST.indexOf(b.kind) || opensAt(a) - opensAt(b),
  );
  return sorted[0] ?? null;
}

/** Whether a fan can wait for seats of these dates: some are on sale, or will be. */
export function canJoin(states: readonly SaleState[]): boolean {
  return states.some(({ kind }) => kind !== 'ENDED' && kind !== 'CANCELLED');
}
