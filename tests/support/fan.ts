import { randomUUID } from 'node:crypto';
import { signAccessToken } from './access-tokens.ts';
import type {
  Charge,
  Page,
  Payment,
  Problem,
  QueueStatus,
  Reservation,
  SeatMap,
  Wallet,
} from './response-bodies.ts';
import type { Answer, Call, Client } from './client.ts';

type Said<Body> = Promise<Answer<Body & Problem>>;
type Rest = { readonly key?: string; readonly headers?: Record<string, string>; readonly body?: unknown };

/** Someone with an access token and, after joining, a ticket. Every operation of the API in one line. */
export type Fan = {
  readonly userId: string;
  /** The newest ticket; empty before joining. */
  ticket(): string;
  /** The same fan, who talks to one process only. */
  at(process: number): Fan;
  send<Body>(method: Call['method'], path: string, rest?: Rest): Said<Body>;
  join(concertId: string): Said<QueueStatus>;
  status(): Said<QueueStatus>;
  leave(): Said<object>;
  seats(eventId: string, query?: string): Said<SeatMap>;
  hold(eventId: string, seatNumbers: readonly number[], key?: string): Said<Reservation>;
  reservation(id: string): Said<Reservation>;
  reservations(): Said<Page<Reservation>>;
  cancel(reservationId: string): Said<object>;
  extend(reservationId: string, key?: string): Said<Reservation>;
  pay(reservationId: string, key?: string): Said<Payment>;
  payments(): Said<Page<Payment>>;
  wallet(): Said<Wallet>;
  charge(amount: number, key?: string): Said<Charge>;
};

/** `clientOf` answers the process that is asked next, or the one that is named. */
export function createFan(userId: string, clientOf: (process?: number) => Client, scope?: string): Fan {
  const accessToken = signAccessToken(userId, scope === undefined ? {} : { scope });
  let ticket = '';

  const keep = async (said: Said<QueueStatus>) => {
    const answer = await said;
    if (answer.status < 300 && answer.body.token !== undefined) ticket = answer.body.token;
    return answer;
  };

  function talkingTo(process?: number): Fan {
    const send = async <Body>(method: Call['method'], path: string, rest: Rest = {}): Said<Body> => {
      const headers: Record<string, string> = { authorization: `Bearer ${await accessToken}` };
      if (ticket !== '') headers['queue-token'] = ticket;
      if (rest.key !== undefined) headers['idempotency-key'] = rest.key;
      return clientOf(process).send<Body & Problem>({
        method,
        path,
        headers: { ...headers, ...rest.headers },
        body: rest.body,
      });
    };
    return {
      userId,
      ticket: () => ticket,
      at: talkingTo,
      send,
      join: (concertId) => keep(send('POST', `/v1/concerts/${concertId}/queue-tokens`)),
      status: () => keep(send('GET', '/v1/queue-tokens/current')),
      leave: () => send('DELETE', '/v1/queue-tokens/current'),
      seats: (eventId, query = '') => send('GET', `/v1/events/${eventId}/seats${query}`),
      hold: (eventId, seatNumbers, key = randomUUID()) =>
        send('POST', '/v1/reservations', { key, body: { eventId, seatNumbers } }),
      reservation: (id) => send('GET', `/v1/reservations/${id}`),
      reservations: () => send('GET', '/v1/reservations'),
      cancel: (id) => send('DELETE', `/v1/reservations/${id}`),
      extend: (id, key = randomUUID()) => send('POST', `/v1/reservations/${id}/extend`, { key }),
      pay: (reservationId, key = randomUUID()) =>
        send('POST', '/v1/payments', { key, body: { reservationId } }),
      payments: () => send('GET', '/v1/payments'),
      wallet: () => send('GET', '/v1/wallet'),
      charge: (amount, key = randomUUID()) => send('POST', '/v1/wallet/charges', { key, body: { amount } }),
    };
  }
  return talkingTo();
}
