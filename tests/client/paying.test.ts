import {
  answerOf,
  chargeWallet,
  createIdempotencyKeys,
  createServerClock,
  dataOf,
  getReservation,
  holdSeats,
  payReservation,
  sendUntilAnswered,
} from '@frontrow/client';
import { afterEach, expect, it, vi } from 'vitest';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';
import { type ClientFan, type ClientFanOptions, createClientFan } from './support/client-fan.ts';

const installation = useInstallation({ http: 1 });
const PRICE = 100;
const HOLD_TTL_MS = 300_000;

afterEach(() => void vi.useRealTimers());

async function holdAsFan(options: Omit<ClientFanOptions, 'baseUrl'>) {
  const fan = await createClientFan({ baseUrl: installation().http[0]?.url ?? '', ...options });
  const { concertId, eventId } = await installation().openSale();
  await fan.join(concertId);
  const { client, tickets } = fan;
  const charge = { client, body: { amount: 5 * PRICE }, headers: { 'Idempotency-Key': 'charge' } };
  dataOf(await answerOf(chargeWallet(charge)));
  const headers = { 'Idempotency-Key': 'hold', 'Queue-Token': tickets.read(concertId) };
  const reservation = dataOf(
    await answerOf(holdSeats({ client, headers, body: { eventId, seatNumbers: [1] } })),
  );
  return { fan, reservation };
}

/** One load of the page: it has the storage of the fan, and keys of its own. */
function openPage({ client, storage }: ClientFan) {
  const keys = createIdempotencyKeys(storage);
  return {
    isPending: (reservationId: string) => keys.isPending(`pay:${reservationId}`),
    pay: (reservationId: string, patienceMs?: number) =>
      keys.send(`pay:${reservationId}`, { reservationId }, (key) => {
        const call = { client, body: { reservationId }, headers: { 'Idempotency-Key': key } };
        const options = patienceMs === undefined ? {} : { patienceMs };
        return sendUntilAnswered(() => answerOf(payReservation(call)), options);
      }),
  };
}

async function expectOnePayment(userId: string): Promise<void> {
  const user = installation().fan(userId);
  expect(expectOk(await user.wallet()).balance).toBe(4 * PRICE);
  const completed = expectOk(await user.payments()).items.filter(({ status }) => status === 'COMPLETED');
  expect(completed).toHaveLength(1);
}

/** Loses so many answers of payments after the server has given them. */
function losesAnswers(count: number): typeof fetch {
  let left = count;
  return async (input, init) => {
    const request = new Request(input, init);
    const answer = await fetch(request);
    if (!request.url.endsWith('/v1/payments') || left === 0) return answer;
    left -= 1;
    throw new TypeError('fetch failed');
  };
}

it('pays once where the answer is lost, the page is loaded again, and the fan pays again', async () => {
  const { fan, reservation } = await holdAsFan({ userId: 'mina', fetch: losesAnswers(1) });
  const first = openPage(fan);
  expect(await first.pay(reservation.id, 0)).toMatchObject({ ok: false, problem: { code: 'UNREACHABLE' } });
  const reloaded = openPage(fan);
  expect(reloaded.isPending(reservation.id)).toBe(true);
  expect(await reloaded.pay(reservation.id)).toMatchObject({ ok: true, replayed: true });
  expect(reloaded.isPending(reservation.id)).toBe(false);
  await expectOnePayment('mina');
});

it('pays once while answers are lost one after the other', async () => {
  const { fan, reservation } = await holdAsFan({ userId: 'jun', fetch: losesAnswers(3) });
  expect(await openPage(fan).pay(reservation.id)).toMatchObject({ ok: true, replayed: true });
  await expectOnePayment('jun');
});

it('pays once where two tabs pay at the same time', async () => {
  const { fan, reservation } = await holdAsFan({ userId: 'sora' });
  const answers = await Promise.all([openPage(fan), openPage(fan)].map((page) => page.pay(reservation.id)));
  expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
  await expectOnePayment('sora');
});

it('pays once where two devices pay at the same time, and the other one learns that it is paid', async () => {
  const { fan, reservation } = await holdAsFan({ userId: 'yuna' });
  const device = await createClientFan({ baseUrl: installation().http[0]?.url ?? '', userId: 'yuna' });
  const answers = await Promise.all([fan, device].map((one) => openPage(one).pay(reservation.id)));
  const refused = answers.filter(({ ok }) => !ok);
  expect(refused).toMatchObject([
    { problem: { code: 'RESERVATION_NOT_HELD', reservationStatus: 'CONFIRMED' } },
  ]);
  await expectOnePayment('yuna');
});

it.each([-7_200_000, 7_200_000])(
  'counts a hold down on a device whose clock is %d ms wrong',
  async (wrongByMs) => {
    const userId = `device${wrongByMs}`;
    const { reservation } = await holdAsFan({ userId });
    const clock = createServerClock();
    const { client } = await createClientFan({ baseUrl: installation().http[0]?.url ?? '', userId, clock });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + wrongByMs });
    const read = dataOf(await answerOf(getReservation({ client, path: { reservationId: reservation.id } })));
    const leftMs = clock.msUntil(read.holdExpiresAt ?? '');
    expect(leftMs).toBeLessThanOrEqual(HOLD_TTL_MS + 1_000);
    expect(leftMs).toBeGreaterThan(HOLD_TTL_MS - 120_000);
  },
);
