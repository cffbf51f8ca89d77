import {
  type HoldSeatsError,
  type SeatChoice,
  type Unreachable,
  answerOf,
  holdSeats,
  listReservations,
} from '@frontrow/client';
import { client, clock, idempotencyKeys, tickets } from '../../../shared/api.ts';
import { read, sendAct } from '../../../shared/connection/send.ts';

export type HoldProblem = Extract<HoldSeatsError, { readonly code: string }> | Unreachable;

export type HoldResult =
  | { readonly ok: true; readonly reservationId: string }
  | { readonly ok: false; readonly problem: HoldProblem };

/**
 * Holds seats. The key of the request survives a reload, so the same choice that is sent once more gets the reservation that an
 * unanswered request has made.
 */
export async function sendHold(concertId: string, choice: SeatChoice): Promise<HoldResult> {
  const answer = await sendAct(idempotencyKeys.value, `hold:${choice.eventId}`, choice, (key) => {
    const headers = { 'Idempotency-Key': key, 'Queue-Token': tickets.value.read(concertId) ?? '' };
    return answerOf(holdSeats({ client, headers, body: choice }));
  });
  return answer.ok ? { ok: true, reservationId: answer.data.id } : { ok: false, problem: answer.problem };
}

export type LiveHold = { readonly reservationId: string; readonly seatNumbers: readonly number[] };

/** The live hold of the fan in a concert, which may be of another date; a fan has at most one. */
export async function findLiveHold(
  concertId: string,
  eventId: string,
  signal: AbortSignal,
): Promise<LiveHold | null> {
  const answer = await read(
    () => answerOf(listReservations({ client, query: { limit: 20 }, signal })),
    signal,
  );
  if (!answer.ok) return null;
  const held = answer.data.items.find(
    (found) =>
      found.concertId === concertId && found.status === 'HELD' && clock.msUntil(found.holdExpiresAt) > 0,
  );
  if (held === undefined) return null;
  return { reservationId: held.id, seatNumbers: held.eventId === eventId ? held.seatNumbers : [] };
}
