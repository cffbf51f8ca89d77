import { Notice } from '../../shared/components/notice.tsx';
import { connection } from '../../shared/connection/connection.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { reservationMessages } from './messages.ts';
import { bookingProblems } from './problem-texts.ts';
import type { ReservationState } from './reservation-state.ts';

/** What became of the last act: that it is being repeated, or why it was refused. */
export function RefusalNotice({ state }: { readonly state: ReservationState }) {
  const { acting, refusal } = state;
  if (acting.value !== null && connection.value.kind === 'away')
    return <Notice tone="warn" alert title={textsOf(reservationMessages).repeating} />;
  if (refusal.value === null) return null;
  return <Notice tone="bad" alert title={textsOf(bookingProblems)[refusal.value]} />;
}
