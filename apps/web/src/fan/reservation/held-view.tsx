import { useSignal } from '@preact/signals';
import { Countdown, useMsUntil } from '../../shared/components/countdown.tsx';
import { Dialog } from '../../shared/components/dialog.tsx';
import { Notice } from '../../shared/components/notice.tsx';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { formatMoney } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { EventHead } from './event-head.tsx';
import { HeldSeats } from './held-seats.tsx';
import { reservationMessages } from './messages.ts';
import { PaymentPanel } from './payment-panel.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import type { ReservationProps, ReservationState } from './reservation-state.ts';

const MILESTONES_MS = [120_000, 60_000, 30_000, 10_000];
/** From here on, more time is offered first. */
const SHORT_MS = 90_000;

/** A hold: its time, its seats, and the payment. */
export function HeldView({ state, reservation }: ReservationProps) {
  const texts = textsOf(reservationMessages);
  const { done, refusal, acting } = state;
  const isShort = useMsUntil(reservation.holdExpiresAt) <= SHORT_MS;
  return (
    <div class="stack">
      <PageTitle title={texts.heldTitle} />
      <EventHead event={reservation.event} />
      <section class="card row row-spread hold-time" aria-label={texts.timeLeft}>
        <div>
          <span class="muted">{texts.timeLeft}</span>
          <strong class="hold-countdown">
            <Countdown
              until={reservation.holdExpiresAt}
              milestonesMs={MILESTONES_MS}
              describe={texts.timeLeftSaid}
              onEnd={() => void state.load()}
            />
          </strong>
        </div>
        {refusal.value !== 'EXTENSION_LIMIT_EXCEEDED' && (
          <button
            type="button"
            class={`button ${isShort ? '' : 'button-quiet'}`}
            disabled={acting.value !== null}
            onClick={() => void state.extend()}
          >
            {texts.moreTime}
          </button>
        )}
      </section>
      <RefusalNotice state={state} />
      {done.value === 'extend' && <Notice tone="good" alert title={texts.extended} />}
      {done.value === 'keep' && <Notice tone="good" alert title={texts.released} />}
      <div class="side-by-side">
        <section class="card stack">
          <h2>{texts.seats}</h2>
          <HeldSeats state={state} reservation={reservation} />
          <p class="row row-spread total">
            <span>{texts.total}</span>
            <strong class="numbers">{formatMoney(reservation.totalAmount)}</strong>
          </p>
          <CancelButton state={state} />
        </section>
        <PaymentPanel state={state} total={reservation.totalAmount} />
      </div>
    </div>
  );
}

function CancelButton({ state }: { readonly state: ReservationState }) {
  const texts = textsOf(reservationMessages);
  const isAsking = useSignal(false);
  const close = () => {
    isAsking.value = false;
  };
  return (
    <>
      <button
        type="button"
        class="button button-quiet"
        disabled={state.acting.value !== null}
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {texts.cancelAll}
      </button>
      {isAsking.value && (
        <Dialog title={texts.cancelTitle} onClose={close}>
          <p>{texts.cancelText}</p>
          <div class="row">
            <button
              type="button"
              class="button button-danger"
              onClick={() => void state.cancel().then(close)}
            >
              {texts.cancelAll}
            </button>
            <button type="button" class="button button-quiet" onClick={close}>
              {texts.keepSeats}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
