import { Notice } from '../../shared/components/notice.tsx';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { EntryTickets } from './entry-tickets.tsx';
import { EventHead } from './event-head.tsx';
import type { ReservationProps } from './reservation-state.ts';
import { reservationMessages } from './messages.ts';
import { Receipt } from './receipt.tsx';
import { RefundPanel } from './refund-panel.tsx';
import { RefusalNotice } from './refusal-notice.tsx';

/** A paid reservation: tickets, receipt and refund. */
export function ConfirmedView({ state, reservation }: ReservationProps) {
  const texts = textsOf(reservationMessages);
  const thanks = reservation.complimentary ? texts.givenText : texts.paidText;
  return (
    <div class="stack">
      <PageTitle title={texts.paidTitle} />
      <EventHead event={reservation.event} />
      {state.done.value === 'refund' ? (
        <Notice tone="good" alert title={texts.refundDone} />
      ) : (
        <Notice tone="good" alert={state.done.value === 'pay'} title={thanks} />
      )}
      <RefusalNotice state={state} />
      <EntryTickets reservation={reservation} />
      {reservation.paymentId !== null && (
        <Receipt reservation={reservation} paymentId={reservation.paymentId} />
      )}
      {!reservation.complimentary && <RefundPanel state={state} reservation={reservation} />}
    </div>
  );
}
