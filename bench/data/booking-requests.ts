import { wireRequest } from '../harness/http-socket.ts';
import { accessTokenOf } from './fan-credentials.ts';
import type { Fan } from './benchmark-sale.ts';

type SeatRequest = { readonly eventId: string; readonly seat: number; readonly key: string };

/** A hold of one seat, sent to the route or to the baseline at `path`. */
export function holdRequest(
  { headers }: Fan,
  { eventId, seat, key }: SeatRequest,
  path = '/v1/reservations',
): Buffer {
  return wireRequest(
    `POST ${path}`,
    { ...headers, 'Idempotency-Key': key },
    { eventId, seatNumbers: [seat] },
  );
}

/** A payment, which needs no ticket. */
export function payRequest(userId: string, reservationId: string, key: string): Buffer {
  const headers = { Authorization: `Bearer ${accessTokenOf(userId)}`, 'Idempotency-Key': key };
  return wireRequest('POST /v1/payments', headers, { reservationId });
}
