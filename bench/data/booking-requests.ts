import { wireRequest } from '../harness/generator.ts';
import { accessTokenOf } from '../waiting-room/crowd.ts';
import type { Fan } from './on-sale.ts';

type Wish = { readonly eventId: string; readonly seat: number; readonly key: string };

/** A fan's request for a seat, to the route itself or to a baseline. */
export function holdRequest(
  { headers }: Fan,
  { eventId, seat, key }: Wish,
  path = '/v1/reservations',
): Buffer {
  return wireRequest(
    `POST ${path}`,
    { ...headers, 'Idempotency-Key': key },
    { eventId, seatNumbers: [seat] },
  );
}

/** Paying needs no ticket. */
export function payRequest(userId: string, reservationId: string, key: string): Buffer {
  const headers = { Authorization: `Bearer ${accessTokenOf(userId)}`, 'Idempotency-Key': key };
  return wireRequest('POST /v1/payments', headers, { reservationId });
}
