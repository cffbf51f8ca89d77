import { type EntryTicket, type ReservationWithEvent, answerOf, listEntryTickets } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { useAnswer } from '../../shared/use-answer.ts';
import { ReadAgain } from '../problems/read-again.tsx';
import { placeName } from '../seats/place-name.ts';
import { reservationMessages } from './messages.ts';
import { bookingProblems } from './problem-texts.ts';

/** The tickets of a paid reservation, each with its code as a picture. */
export function EntryTickets({ reservation }: { readonly reservation: ReservationWithEvent }) {
  const texts = textsOf(reservationMessages);
  const { data, problem, reload } = useAnswer(
    () => answerOf(listEntryTickets({ client, path: { reservationId: reservation.id } })),
    [reservation],
  );

  return (
    <section class="stack" aria-label={texts.tickets}>
      <p class="muted">{texts.ticketText}</p>
      {problem !== null && <ReadAgain text={textsOf(bookingProblems)[problem.code]} onRead={reload} />}
      <ul class="entry-tickets">
        {data?.items.map((ticket) => (
          <Ticket key={ticket.seatNumber} ticket={ticket} />
        ))}
      </ul>
    </section>
  );
}

function Ticket({ ticket }: { readonly ticket: EntryTicket }) {
  const texts = textsOf(reservationMessages);
  const name = placeName(ticket.seat, ticket.seatNumber);
  const isValid = ticket.status === 'VALID';
  return (
    <li class="card entry-ticket">
      <strong>{name}</strong>
      <span class={`badge ${isValid ? 'badge-good' : ''}`}>{texts.ticketStates[ticket.status]}</span>
      {ticket.qrSvg !== null && (
        <img class="ticket-code" src={svgUrl(ticket.qrSvg)} alt={texts.qrOf(name)} width={200} height={200} />
      )}
    </li>
  );
}

/** As an image, the document can load and run nothing. */
function svgUrl(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
