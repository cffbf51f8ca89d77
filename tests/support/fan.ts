import { randomUUID } from 'node:crypto';
import { signAccessToken } from './access-tokens.ts';
import type {
  Charge,
  Page,
  Payment,
  Problem,
  QueueStatus,
  Refund,
  Reservation,
  SeatMap,
  SeatStates,
  Wallet,
} from './response-bodies.ts';
import type { Answer, Call, Client } from './client.ts';

type PendingAnswer<Body> = Promise<Answer<Body & Problem>>;
type RequestOptions = {
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
};

/** A user with an access token and, after joining, a ticket. One method for each operation of the API. */
export type Fan = {
  readonly userId: string;
  /** The newest ticket; an empty string before joining. */
  ticket(): string;
  /** The same fan, whose requests go to one process only. */
  at(process: number): Fan;
  send<Body>(method: Call['method'], path: string, options?: RequestOptions): PendingAnswer<Body>;
  join(concertId: string, code?: string): PendingAnswer<QueueStatus>;
  status(): PendingAnswer<QueueStatus>;
  leave(): PendingAnswer<object>;
  seats(eventId: string, query?: string): PendingAnswer<SeatMap>;
  seatStates(eventId: string): PendingAnswer<SeatStates>;
  hold(eventId: string, seatNumbers: readonly number[], key?: string): PendingAnswer<Reservation>;
  holdBest(eventId: string, bestAvailable: object, key?: string): PendingAnswer<Reservation>;
  reservation(id: string): PendingAnswer<Reservation>;
  reservations(): PendingAnswer<Page<Reservation>>;
  cancel(reservationId: string): PendingAnswer<object>;
  keepSeats(reservationId: string, seatNumbers: readonly number[]): PendingAnswer<Reservation>;
  extend(reservationId: string, key?: string): PendingAnswer<Reservation>;
  pay(reservationId: string, key?: string): PendingAnswer<Payment>;
  /** The named seats, or all that are left. */
  refund(reservationId: string, seatNumbers?: readonly number[], key?: string): PendingAnswer<Refund>;
  payments(): PendingAnswer<Page<Payment>>;
  wallet(): PendingAnswer<Wallet>;
  charge(amount: number, key?: string): PendingAnswer<Charge>;
};

/** `clientOf` returns the client of process number `process`, or of any process without a number. */
export function createFan(userId: string, clientOf: (process?: number) => Client, scope?: string): Fan {
  const accessToken = signAccessToken(userId, scope === undefined ? {} : { scope });
  let ticket = '';

  const keepTicket = async (response: PendingAnswer<QueueStatus>) => {
    const answer = await response;
    if (answer.status < 300 && answer.body.token !== undefined) ticket = answer.body.token;
    return answer;
  };

  function fanOfProcess(process?: number): Fan {
    const send = async <Body>(
      method: Call['method'],
      path: string,
      options: RequestOptions = {},
    ): PendingAnswer<Body> => {
      const headers: Record<string, string> = { authorization: `Bearer ${await accessToken}` };
      if (ticket !== '') headers['queue-token'] = ticket;
      if (options.key !== undefined) headers['idempotency-key'] = options.key;
      return clientOf(process).send<Body & Problem>({
        method,
        path,
        headers: { ...headers, ...options.headers },
        body: options.body,
      });
    };
    return {
      userId,
      ticket: () => ticket,
      at: fanOfProcess,
      send,
      join: (concertId, code) =>
        keepTicket(
          send(
            'POST',
            `/v1/concerts/${concertId}/queue-tokens`,
            code === undefined ? {} : { body: { code } },
          ),
        ),
      status: () => keepTicket(send('GET', '/v1/queue-tokens/current')),
      leave: () => send('DELETE', '/v1/queue-tokens/current'),
      seats: (eventId, query = '') => send('GET', `/v1/events/${eventId}/seats${query}`),
      seatStates: (eventId) => send('GET', `/v1/events/${eventId}/seats?format=compact`),
      hold: (eventId, seatNumbers, key = randomUUID()) =>
        send('POST', '/v1/reservations', { key, body: { eventId, seatNumbers } }),
      holdBest: (eventId, bestAvailable, key = randomUUID()) =>
        send('POST', '/v1/reservations', { key, body: { eventId, bestAvailable } }),
      reservation: (id) => send('GET', `/v1/reservations/${id}`),
      reservations: () => send('GET', '/v1/reservations'),
      cancel: (id) => send('DELETE', `/v1/reservations/${id}`),
      keepSeats: (id, seatNumbers) => send('PATCH', `/v1/reservations/${id}`, { body: { seatNumbers } }),
      extend: (id, key = randomUUID()) => send('POST', `/v1/reservations/${id}/extend`, { key }),
      pay: (reservationId, key = randomUUID()) =>
        send('POST', '/v1/payments', { key, body: { reservationId } }),
      refund: (id, seatNumbers, key = randomUUID()) =>
        send('POST', `/v1/reservations/${id}/refund`, {
          key,
          ...(seatNumbers === undefined ? {} : { body: { seatNumbers } }),
        }),
      payments: () => send('GET', '/v1/payments'),
      wallet: () => send('GET', '/v1/wallet'),
      charge: (amount, key = randomUUID()) => send('POST', '/v1/wallet/charges', { key, body: { amount } }),
    };
  }
  return fanOfProcess();
}
