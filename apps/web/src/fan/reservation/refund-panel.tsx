import { answerOf, getEvent } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client, clock } from '../../shared/api.ts';
import { formatDateTime } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { useAnswer } from '../../shared/use-answer.ts';
import type { ReservationProps } from './reservation-state.ts';
import { reservationMessages } from './messages.ts';
import { RefundDialog } from './refund-dialog.tsx';

/** Until when a refund is possible, and the button that begins it. */
export function RefundPanel({ state, reservation }: ReservationProps) {
  const texts = textsOf(reservationMessages);
  const { data: event } = useAnswer(
    () => answerOf(getEvent({ client, path: { eventId: reservation.eventId } })),
    [reservation.eventId],
  );
  const isOpen = useSignal(false);

  if (event === null) return null;
  const until = formatDateTime(event.refundUntil);
  const isPossible = clock.msUntil(event.refundUntil) > 0;
  return (
    <section class="card stack">
      <h2>{texts.refund}</h2>
      <p>{isPossible ? texts.refundUntil(until) : texts.refundEnded(until)}</p>
      {isPossible && (
        <p>
          <button
            type="button"
            class="button button-quiet"
            disabled={state.acting.value !== null}
            onClick={() => {
              isOpen.value = true;
            }}
          >
            {texts.refundTitle}
          </button>
        </p>
      )}
      {isOpen.value && (
        <RefundDialog
          state={state}
          reservation={reservation}
          onClose={() => {
            isOpen.value = false;
          }}
        />
      )}
    </section>
  );
}
