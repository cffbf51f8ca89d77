import { type EventDetails, answerOf, getEvent, getQueueStatus } from '@frontrow/client';
import { client, tickets } from '../../shared/api.ts';
import { read } from '../../shared/connection/send.ts';

/** The session of a fan who may choose seats; `expiresAt` is null while unknown. */
export type FanSession = { readonly expiresAt: string | null };

export type HallEntry =
  | { readonly kind: 'missing' }
  /** The fan has no ACTIVE ticket: only the waiting room leads on. */
  | { readonly kind: 'no-place'; readonly concertId: string }
  | { readonly kind: 'admitted'; readonly event: EventDetails; readonly session: FanSession };

/** Finds out whether the fan who is signed in may choose seats of a date. `onTicket` is called as soon as there is a ticket to ask for. */
export async function enterHall(
  eventId: string,
  signal: AbortSignal,
  onTicket: () => void,
): Promise<HallEntry> {
  const event = await read(() => answerOf(getEvent({ client, path: { eventId }, signal })), signal);
  if (!event.ok) return { kind: 'missing' };
  const { concertId } = event.data;
  if (tickets.value.read(concertId) !== null) onTicket();
  const session = await readSession(concertId, signal);
  return session === null
    ? { kind: 'no-place', concertId }
    : { kind: 'admitted', event: event.data, session };
}

/** Null without a session. A fan whose status cannot be read may have one all the same; the seats will tell. */
export async function readSession(concertId: string, signal: AbortSignal): Promise<FanSession | null> {
  const ticket = tickets.value.read(concertId);
  if (ticket === null) return null;
  const headers = { 'Queue-Token': ticket };
  const answer = await read(() => answerOf(getQueueStatus({ client, headers, signal })), signal);
  if (!answer.ok) return answer.problem.code === 'QUEUE_TOKEN_INVALID' ? null : { expiresAt: null };
  tickets.value.keep(answer.data);
  return answer.data.status === 'ACTIVE' ? { expiresAt: answer.data.sessionExpiresAt } : null;
}
