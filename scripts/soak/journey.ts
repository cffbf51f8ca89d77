import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@frontrow/tests/support/client.ts';
import { createFan } from '@frontrow/tests/support/fan.ts';

export type Hall = { readonly concertId: string; readonly eventId: string; readonly seatCount: number };
export type JourneyEnd = 'paid' | 'left' | 'lapsed' | 'abandoned' | 'refused';

const POLL_MS = 300;
const POLLS_MAX = 100;
const SEAT_TRIES_MAX = 3;

/**
 * One new user: charges, joins, waits, looks at the seats and holds one. Most pay; some leave, some let the hold or the
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
    return (await fan.pay(held.body.id)).status === 201 ? 'paid' : 'refused';
  }
  return 'refused';
}
