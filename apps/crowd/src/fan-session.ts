import { randomUUID } from 'node:crypto';
import {
  answerOf,
  cancelReservation,
  chargeWallet,
  createMemoryStorage,
  createTicketStore,
  extendHold,
  getQueueStatus,
  holdSeats,
  issueDevToken,
  issueQueueToken,
  leaveQueue,
  listSeats,
  openClient,
  payReservation,
  refundReservation,
  sendUntilAnswered,
} from '@frontrow/client';

export type SeatChoice =
  { readonly seatNumbers: number[] } | { readonly bestAvailable: { readonly count: number } };

const newKey = () => ({ 'Idempotency-Key': randomUUID() });

export type FanSession = ReturnType<typeof openFanSession>;

/**
 * The requests of one bot, which knows its place and its hold by their answers. `signal` ends the repeats of requests
 * without an answer.
 */
export function openFanSession(serverUrl: string, userId: string, send: typeof fetch, signal: AbortSignal) {
  let accessToken: string | null = null;
  const client = openClient({ baseUrl: serverUrl, accessToken: () => accessToken, fetch: send });
  const tickets = createTicketStore(createMemoryStorage());
  let placeIn: string | null = null;
  let holdOf: string | null = null;

  const ask: typeof sendUntilAnswered = (request) => sendUntilAnswered(request, { signal });
  const ticketOf = (concertId: string) => ({ 'Queue-Token': tickets.read(concertId) ?? '' });

  return {
    async signIn() {
      const answer = await ask(() => answerOf(issueDevToken({ client, body: { userId } })));
      if (answer.ok) accessToken = answer.data.accessToken;
      return answer;
    },
    async join(concertId: string) {
      const answer = await ask(() => answerOf(issueQueueToken({ client, path: { concertId }, body: null })));
      if (answer.ok) {
        tickets.keep(answer.data);
        placeIn = concertId;
      }
      return answer;
    },
    async status(concertId: string) {
      const answer = await ask(() => answerOf(getQueueStatus({ client, headers: ticketOf(concertId) })));
      if (answer.ok) tickets.keep(answer.data);
      return answer;
    },
    freeSeats(concertId: string, eventId: string) {
      const query = { status: 'AVAILABLE', accessible: false } as const;
      const headers = ticketOf(concertId);
      return ask(() => answerOf(listSeats({ client, path: { eventId }, query, headers })));
    },
    async hold(concertId: string, eventId: string, choice: SeatChoice) {
      const headers = { ...newKey(), ...ticketOf(concertId) };
      const answer = await ask(() => answerOf(holdSeats({ client, body: { eventId, ...choice }, headers })));
      if (answer.ok) holdOf = answer.data.id;
      return answer;
    },
    extend(reservationId: string) {
      const headers = newKey();
      return ask(() => answerOf(extendHold({ client, path: { reservationId }, headers })));
    },
    charge(amount: number) {
      const headers = newKey();
      return ask(() => answerOf(chargeWallet({ client, body: { amount }, headers })));
    },
    async pay(reservationId: string) {
      const headers = newKey();
      const answer = await ask(() => answerOf(payReservation({ client, body: { reservationId }, headers })));
      if (answer.ok) [placeIn, holdOf] = [null, null]; // the payment completes the place
      return answer;
    },
    refund(reservationId: string) {
      const headers = newKey();
      return ask(() => answerOf(refundReservation({ client, path: { reservationId }, body: {}, headers })));
    },
    /** Keeps the hold until it lapses. */
    forgetHold() {
      holdOf = null;
    },
    /** Gives back the hold and the place. Each request is sent once: the crowd ends, and the server may be gone. */
    async leave() {
      if (holdOf !== null) await answerOf(cancelReservation({ client, path: { reservationId: holdOf } }));
      if (placeIn !== null) await answerOf(leaveQueue({ client, headers: ticketOf(placeIn) }));
      [placeIn, holdOf] = [null, null];
    },
  };
}
