import { expect, test } from 'vitest';
import { expectAccessible } from './support/check-page.ts';
import { usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

/** A fan who holds these seats, each for 99,000 won. */
async function holdSeats(
  userId: string,
  seatNumbers: readonly number[],
  hold: Readonly<Record<string, unknown>> = {},
) {
  const { concertId, eventId } = await site().openSale({ seatCount: 50, price: 99_000, policy: { hold } });
  const fan = site().fan(userId);
  await fan.join(concertId);
  const held = await fan.hold(eventId, seatNumbers);
  expect(held.status).toBe(201);
  return { fan, eventId, concertId, path: `/reservations/${held.body.id}`, reservationId: held.body.id };
}

test('a fan charges the wallet, pays and sees the tickets', async () => {
  const { fan, path } = await holdSeats('payer', [1, 2]);
  const page = await pages.openFan(site(), { path, user: 'payer' });

  await page.getByRole('button', { name: 'Charge ₩200,000' }).click();
  await page.getByRole('button', { name: 'Pay ₩198,000' }).click();

  await page.getByRole('heading', { name: 'Your tickets' }).waitFor();
  await page.getByRole('img', { name: 'Ticket code of Seat 1' }).waitFor();
  await page.getByText('Thank you. The seats are yours.').waitFor();
  await expectAccessible(page);
  expect((await fan.wallet()).body.balance).toBe(2_000);
});

test('a fan gives back one seat and then all', async () => {
  const { path, fan, reservationId } = await holdSeats('releaser', [3, 4]);
  const page = await pages.openFan(site(), { path, user: 'releaser' });

  await page.getByRole('button', { name: 'Give back Seat 4' }).click();
  await page.getByText('The seat is free again, and the total is lower.').waitFor();
  expect((await fan.reservation(reservationId)).body.seatNumbers).toEqual([3]);

  await page.getByRole('button', { name: 'Give back all seats' }).click();
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Give back all seats' }).click();
  await page.getByRole('heading', { name: 'This reservation has ended' }).waitFor();
  expect((await fan.reservation(reservationId)).body.status).toBe('CANCELLED');
});

test('a fan gets more time, as often as the policy allows', async () => {
  const { path } = await holdSeats('extender', [5], { maxExtensions: 1 });
  const page = await pages.openFan(site(), { path, user: 'extender' });

  await page.getByRole('button', { name: 'More time' }).click();
  await page.getByText('You have more time now.').waitFor();
  await page.getByRole('button', { name: 'More time' }).click();
  await page.getByText('The time cannot be extended once more.').waitFor();
  expect(await page.getByRole('button', { name: 'More time' }).count()).toBe(0);
});

test('a hold that lapses on the page is said to be over, and nothing is paid', async () => {
  const { path } = await holdSeats('sleeper', [6], { ttlMs: 3_000 });
  const page = await pages.openFan(site(), { path, user: 'sleeper' });

  await page.getByRole('heading', { name: 'The time is over' }).waitFor();
  await page.getByText('The seats were not paid in time').waitFor();
  await expectAccessible(page);
});

test('a payment without an answer is repeated after a reload, and debits once', async () => {
  const { fan, path } = await holdSeats('doubter', [7]);
  await fan.charge(500_000);
  const page = await pages.openFan(site(), { path, user: 'doubter' });
  let hidden = 0;
  await page.route('**/v1/payments', async (route) => {
    hidden += 1;
    await route.fetch(); // the payment happens
    await route.abort(); // and its answer is lost
  });

  await page.getByRole('button', { name: 'Pay ₩99,000' }).click();
  await page.getByText('you pay once at most').waitFor();
  await page.unrouteAll();
  await page.reload();

  await page.getByRole('heading', { name: 'Your tickets' }).waitFor();
  expect(hidden).toBeGreaterThan(0);
  expect((await fan.wallet()).body.balance).toBe(401_000);
  expect((await fan.payments()).body.items).toHaveLength(1);
});

test('a fan refunds one of two seats, and finds both in the list of tickets and in the wallet', async () => {
  const { fan, path, reservationId } = await holdSeats('refunder', [8, 9]);
  await fan.charge(198_000);
  expect((await fan.pay(reservationId)).status).toBe(201);
  const page = await pages.openFan(site(), { path, user: 'refunder' });

  await page.getByRole('button', { name: 'Refund seats' }).click();
  await page.getByRole('checkbox', { name: 'Seat 8' }).uncheck();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Refund 1 seat' }).click();
  await page.getByText('The money is in your wallet.').waitFor();
  expect((await fan.wallet()).body.balance).toBe(99_000);

  await page.getByRole('link', { name: 'My tickets' }).click();
  await page.getByRole('link', { name: /^Open .*, 2 seats$/ }).waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Wallet' }).click();
  await page.getByText('+₩99,000').waitFor();
  await expectAccessible(page);
});

test('another user does not see the reservation', async () => {
  const { path } = await holdSeats('owner', [10]);
  const page = await pages.openFan(site(), { path, user: 'stranger', locale: 'ko' });

  await page.getByText('존재하지 않거나 다른 사용자의 정보입니다.').waitFor();
});
