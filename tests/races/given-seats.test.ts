import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { expectOk } from '../support/operator.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Reservation } from '../support/response-bodies.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 1 });
const PRICE = 100;
const ROUNDS = 20;
const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
const TAKEN = '409 SEAT_UNAVAILABLE';

function give(eventId: string, userId: string, seatNumbers: readonly number[], key: string = randomUUID()) {
  const body = { userId, seatNumbers, reason: 'A guest' };
  const path = `/v1/admin/events/${eventId}/reservations`;
  return installation().fan('staff', 'sales:write').send<Reservation>('POST', path, { key, body });
}

it('gives seats either to the fan who holds them or to the guest, when both want them at the same time', async () => {
  const { concertId, eventId } = await installation().openSale({ price: PRICE, seatCount: 2 * ROUNDS });
  const fans = await admitFans(installation(), { concertId }, ROUNDS);
  const answers = await Promise.all(
    fans.map(async (fan, round) => {
      const seats = [2 * round + 1, 2 * round + 2];
      const hold = () => fan.hold(eventId, seats);
      const giveAway = () => give(eventId, `guest-${round}`, seats);
      const both = await Promise.all(round % 2 === 0 ? [hold(), giveAway()] : [giveAway(), hold()]);
      return both.map(outcome).toSorted().join(' and ');
    }),
  );
  expect(countOccurrences(answers)).toEqual({ [`201 and ${TAKEN}`]: ROUNDS });
});

it('leaves held seats to the payment of their fan, however often staff want to give them', async () => {
  const { concertId, eventId } = await installation().openSale({ price: PRICE, seatCount: ROUNDS });
  const fans = await admitFans(installation(), { concertId }, ROUNDS);
  const answers = await Promise.all(
    fans.map(async (fan, round) => {
      expectOk(await fan.charge(PRICE));
      const { id } = expectOk(await fan.hold(eventId, [round + 1]));
      const gifts = () => [1, 2].map(() => give(eventId, 'guest', [round + 1]));
      const all = await Promise.all([...gifts(), fan.pay(id), ...gifts()]);
      return all.map(outcome);
    }),
  );
  expect(countOccurrences(answers.flat())).toEqual({ '201': ROUNDS, [TAKEN]: 4 * ROUNDS });
  const own = await Promise.all(fans.map(async (fan) => expectOk(await fan.reservations()).items));
  expect(
    own.flat().filter(({ status, totalAmount }) => status !== 'CONFIRMED' || totalAmount !== PRICE),
  ).toEqual([]);
});

it('gives seats once for simultaneous requests of many staff, and once for repeats with one key', async () => {
  const { eventId } = await installation().openSale({ price: PRICE });
  const rivals = await Promise.all(rounds.map((round) => give(eventId, `rival-${round}`, [1, 2, 3])));
  expect(countOccurrences(rivals.map(outcome))).toEqual({ '201': 1, [TAKEN]: ROUNDS - 1 });
  const repeats = await Promise.all(rounds.map(() => give(eventId, 'twice', [4], 'one-key')));
  expect(new Set(repeats.map((answer) => expectOk(answer).id)).size).toBe(1);
});

it('ends what was given of a date that is cancelled at the same time, or refuses to give it', async () => {
  const { eventId } = await installation().openSale({ price: PRICE });
  const cancel = installation().admin.send('POST', `/v1/admin/events/${eventId}/cancel`, {
    body: { reason: 'The singer is ill.' },
  });
  const guests = rounds.map((round) => installation().fan(`cancelled-guest-${round}`));
  const answers = await Promise.all(guests.map(({ userId }, round) => give(eventId, userId, [round + 1])));
  expectOk(await cancel);
  const allowed = ['201', '409 EVENT_CANCELLED'];
  expect(answers.map(outcome).filter((one) => !allowed.includes(one))).toEqual([]);
  expect(outcome(await give(eventId, 'late', [ROUNDS + 1]))).toBe('409 EVENT_CANCELLED');
  const given = answers.filter(({ status }) => status === 201).length;
  await eventually(async () => {
    const path = `/v1/admin/events/${eventId}/cancellation`;
    const progress = expectOk(await installation().admin.send('GET', path));
    expect(progress).toMatchObject({ refunded: given, remaining: 0 });
  });
});
