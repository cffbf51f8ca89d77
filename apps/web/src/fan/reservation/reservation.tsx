import { useRoute } from 'preact-iso/router';
import { useEffect, useMemo } from 'preact/hooks';
import { Notice } from '../../shared/components/notice.tsx';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { SignedIn } from '../sign-in/signed-in.tsx';
import { ConfirmedView } from './confirmed-view.tsx';
import { EndedView } from './ended-view.tsx';
import { HeldView } from './held-view.tsx';
import { reservationMessages } from './messages.ts';
import { bookingProblems } from './problem-texts.ts';
import { type ReservationProps, type ReservationState, createReservationState } from './reservation-state.ts';
import './reservation.css';

/** `/reservations/:reservationId`: pays a hold, and shows what became of it. */
export default function Reservation() {
  const reservationId = useRoute().params['reservationId'] ?? '';
  return (
    <SignedIn loading={<p class="loading">{textsOf(reservationMessages).loading}</p>}>
      {() => <ReservationOf key={reservationId} reservationId={reservationId} />}
    </SignedIn>
  );
}

function ReservationOf({ reservationId }: { readonly reservationId: string }) {
  const state = useMemo(() => createReservationState(reservationId), []);
  useEffect(() => {
    void state.load();
    const loadAgain = () => {
      if (document.visibilityState === 'visible') void state.load();
    };
    document.addEventListener('visibilitychange', loadAgain);
    globalThis.addEventListener('online', loadAgain);
    return () => {
      state.end();
      document.removeEventListener('visibilitychange', loadAgain);
      globalThis.removeEventListener('online', loadAgain);
    };
  }, [state]);

  const reservation = state.reservation.value;
  if (reservation !== null) return <View state={state} reservation={reservation} />;
  if (state.loadProblem.value === null) return <p class="loading">{textsOf(reservationMessages).loading}</p>;
  return <LoadProblem state={state} />;
}

function View({ state, reservation }: ReservationProps) {
  const { status } = reservation;
  if (status === 'HELD') return <HeldView state={state} reservation={reservation} />;
  if (status === 'CONFIRMED') return <ConfirmedView state={state} reservation={reservation} />;
  return <EndedView reservation={reservation} status={status} />;
}

function LoadProblem({ state }: { readonly state: ReservationState }) {
  const texts = textsOf(reservationMessages);
  const code = state.loadProblem.value;
  return (
    <div class="stack">
      <PageTitle title={texts.paidTitle} />
      {code !== null && <Notice tone="warn" alert title={textsOf(bookingProblems)[code]} />}
      <p>
        <button type="button" class="button" onClick={() => void state.load()}>
          {texts.tryAgain}
        </button>
      </p>
    </div>
  );
}
