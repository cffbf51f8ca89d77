import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@frontrow/tests/support/client.ts';
import { type Fan, createFan } from '@frontrow/tests/support/fan.ts';
import type { EntryTicket } from '@frontrow/tests/support/response-bodies.ts';

export type Hall = { readonly concertId: string; readonly eventId: string; readonly seatCount: number };
export type JourneyEnd = 'paid' | 'refunded' | 'entered' | 'left' | 'lapsed' | 'abandoned' | 'refused';

const POLL_MS = 300;
const POLLS_MAX = 100;
const SEAT_TRIES_MAX = 3;

/**
 * One new user: charges, joins, waits, looks at the seats and holds one. Most pay, of whom some get a refund or enter; some leave, some let the hold or the
 * session lapse, so that every way in which a place can end goes on all the time.
 */
export async function playJourney(userId: string, hall: Hall, client: () => Client): Promise<JourneyEnd> {
  const fan = createFan(userId, client);
  const fate = Math.random();
  if ((await fan.charge(10_000)).status !== 201) return 'refused';
  const joined = await fan.join(hall.concertId);
  if (joined.status >= 300) return 'refused';
  let { status } = joined.body;
  for (let polls = 0; status === 'WAITING' && polls < POLLS_MAX; polls += 1) {
    await delay(POLL_MS);
    const polled = await fan.status();
    if (polled.status === 200) status = polled.body.status;
  }
  if (status !== 'ACTIVE') return 'refused';
  await fan.seats(hall.eventId);
  if (fate < 0.1) return 'abandoned';
  if (fate < 0.25) {
    await fan.leave();
    return 'left';
  }
  for (let tries = 0; tries < SEAT_TRIES_MAX; tries += 1) {
    const held = await fan.hold(hall.eventId, [1 + Math.floor(Math.random() * hall.seatCount)]);
    if (held.status === 409) continue;
    if (held.status !== 201) return 'refused';
    if (fate < 0.35) return 'lapsed';
    if ((await fan.pay(held.body.id)).status !== 201) return 'refused';
    if (fate > 0.9) return (await fan.refund(held.body.id)).status === 201 ? 'refunded' : 'refused';
    if (fate > 0.8) return enter(fan, held.body.id, client);
    return 'paid';
  }
  return 'refused';
}

/** Reads the entry ticket of the only seat, and scans it at a gate. */
async function enter(fan: Fan, reservationId: string, client: () => Client): Promise<JourneyEnd> {
  const path = `/v1/reservations/${reservationId}/tickets`;
  const { body } = await fan.send<{ items?: EntryTicket[] }>('GET', path);
  const gate = createFan('gate', client, 'check-in');
  const scan = { key: randomUUID(), body: { code: body.items?.[0]?.code ?? '' } };
  return (await gate.send('POST', '/v1/admin/tickets/check-in', scan)).status === 201 ? 'entered' : 'refused';
}
