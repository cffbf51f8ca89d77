import { type ReservationWithEvent, answerOf, listReservations } from '@frontrow/client';
import { useEffect, useMemo } from 'preact/hooks';
import { client } from '../../shared/api.ts';
import { Notice } from '../../shared/components/notice.tsx';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { formatDateTime, formatMoney } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { MoreButton } from '../lists/more-button.tsx';
import { createPages } from '../lists/pages.ts';
import { commonProblems } from '../problems/common-problems.ts';
import { SignedIn } from '../sign-in/signed-in.tsx';
import { ticketsMessages } from './messages.ts';
import './tickets.css';

/** `/tickets`: every reservation of the user, newest first. */
export default function Tickets() {
  const texts = textsOf(ticketsMessages);
  return (
    <div class="stack">
      <PageTitle title={texts.title} />
      <SignedIn title={null} loading={<p class="loading">{texts.loading}</p>}>
        {() => <Reservations />}
      </SignedIn>
    </div>
  );
}

function Reservations() {
  const texts = textsOf(ticketsMessages);
  const pages = useMemo(
    () =>
      createPages((query) => answerOf(listReservations({ client, query: { ...query, expand: 'event' } }))),
    [],
  );
  useEffect(() => void pages.loadMore(), [pages]);

  const { items, hasMore, problem } = pages;
  if (items.value.length === 0 && hasMore.value && problem.value === null)
    return <p class="loading">{texts.loading}</p>;
  return (
    <>
      {problem.value !== null && <Notice tone="warn" alert title={textsOf(commonProblems)[problem.value]} />}
      {items.value.length === 0 && !hasMore.value && <NoTickets />}
      <ul class="reservations">
        {items.value.map((reservation) => (
          <Item key={reservation.id} reservation={reservation} />
        ))}
      </ul>
      <MoreButton pages={pages} />
    </>
  );
}

function NoTickets() {
  const texts = textsOf(ticketsMessages);
  return (
    <div class="card stack">
      <p>{texts.none}</p>
      <p>
        <a class="button" href="/">
          {texts.toConcerts}
        </a>
      </p>
    </div>
  );
}

const TONES = { HELD: 'badge-warn', CONFIRMED: 'badge-good', EXPIRED: '', CANCELLED: '', REFUNDED: '' };

function Item({ reservation }: { readonly reservation: ReservationWithEvent }) {
  const texts = textsOf(ticketsMessages);
  const { id, status, seatNumbers, totalAmount, complimentary, event } = reservation;
  const title = event?.concert.title ?? id;
  const seats = texts.seats(seatNumbers.length);
  const isHeld = status === 'HELD';
  return (
    <li class="card row row-spread">
      <div class="stack-small">
        <strong>{title}</strong>
        {event !== undefined && (
          <span class="muted">
            {event.venue} ·{' '}
            <time dateTime={event.startsAt}>{formatDateTime(event.startsAt, event.timeZone)}</time>
          </span>
        )}
        <span class="row">
          <span class={`badge ${TONES[status]}`}>
            {complimentary && status === 'CONFIRMED' ? texts.given : texts.states[status]}
          </span>
          <span>{seats}</span>
          <span class="numbers">{formatMoney(totalAmount)}</span>
        </span>
      </div>
      <a
        class={`button ${isHeld ? '' : 'button-quiet'}`}
        href={`/reservations/${id}`}
        aria-label={isHeld ? undefined : texts.openOf(title, seats)}
      >
        {isHeld ? texts.payNow : texts.open}
      </a>
    </li>
  );
}
