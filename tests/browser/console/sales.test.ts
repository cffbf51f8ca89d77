import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signAccessToken } from '../../support/access-tokens.ts';
import { eventually } from '../../support/eventually.ts';
import { expectOk } from '../../support/operator.ts';
import { admitFan } from '../support/admitted-fan.ts';
import { usePages } from '../support/use-pages.ts';
import { useMemorySite } from '../support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

type Bought = { readonly eventId: string; readonly reservationId: string };

/** A date of 60 seats at 100 won, where a fan has paid some. */
async function sell(
  userId: string,
  seatNumbers: readonly number[],
  sale?: { eventId: string; concertId: string },
) {
  const { concertId, eventId } = sale ?? (await site().openSale({ seatCount: 60, price: 100 }));
  const fan = site().fan(userId);
  expectOk(await fan.charge(10_000));
  expectOk(await fan.join(concertId));
  await eventually(async () => expect((await fan.status()).body.status).toBe('ACTIVE'));
  const { id: reservationId } = expectOk(await fan.hold(eventId, seatNumbers));
  expectOk(await fan.pay(reservationId));
  return { concertId, eventId, reservationId };
}

const openOrder = ({ reservationId }: Bought) =>
  pages.openConsole(site(), { path: `/console/reservations/${reservationId}` });

async function confirmByTyping(page: Page, name: string, reason: string) {
  await page.getByLabel('Reason').fill(reason);
  await page.getByLabel('Name', { exact: true }).fill(name);
}

test('a refund by staff counts once, however often it is clicked, and the fan sees it', async () => {
  const bought = await sell('mina', [1, 2]);
  const page = await openOrder(bought);
  await page.getByRole('button', { name: 'Refund …' }).click();
  await page.getByLabel('Seat 2').uncheck();
  await confirmByTyping(page, 'mina', 'Asked by <b>phone</b>');
  await page.getByRole('button', { name: 'Refund 1 of 2' }).dblclick();

  await page.getByText('Paid, partly refunded').waitFor();
  await page.getByText('Asked by <b>phone</b>').waitFor();
  expect((await site().fan('mina').wallet()).body.balance).toBe(9_900);
  const fan = await pages.openFan(site(), { path: `/reservations/${bought.reservationId}`, user: 'mina' });
  await fan.getByText('₩100', { exact: false }).first().waitFor();
  expectOk(await site().fan('mina').reservation(bought.reservationId));
  await page.getByRole('row', { name: /^1 / }).getByText('Refunded').waitFor();
});

test('a refund is sent again with the same key while the server is unavailable', async () => {
  const bought = await sell('jun', [1]);
  const keys: (string | undefined)[] = [];
  const page = await pages.openConsole(site(), {
    path: `/console/reservations/${bought.reservationId}`,
    prepare: (opened) =>
      opened.route('**/refund', async (route) => {
        keys.push(route.request().headers()['idempotency-key']);
        // The first request has its effect, and its answer is lost.
        if (keys.length === 1) await route.fetch();
        if (keys.length < 3) await route.abort();
        else await route.continue();
      }),
  });
  await page.getByRole('button', { name: 'Refund …' }).click();
  await confirmByTyping(page, 'jun', 'Ill');
  await page.getByRole('button', { name: 'Refund all seats' }).click();
  await page.getByText('sent again', { exact: false }).waitFor();
  await page.getByText('₩100 refunded').first().waitFor();

  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect((await site().fan('jun').wallet()).body.balance).toBe(10_000);
});

test('seats that one operator blocks are seen live by a fan in the hall and by another operator', async () => {
  const { concertId, eventId } = await site().openSale({ seatCount: 60 });
  const path = `/console/events/${eventId}/seats`;
  const page = await pages.openConsole(site(), { path });
  const colleague = await pages.openConsole(site(), { path, user: 'colleague', scope: 'sales:read' });
  const { options: admitted } = await admitFan(site(), 'sora', concertId);
  const hall = await pages.openFan(site(), { path: `/events/${eventId}`, ...admitted });
  await hall.getByRole('gridcell', { name: /^Seat 3,.*free/ }).waitFor();
  await page.getByRole('gridcell', { name: /seat 2, free/ }).click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Space');
  await page.getByRole('button', { name: 'Block 3 …' }).click();
  await page.getByLabel('Reason').fill('A camera');
  await page.getByRole('button', { name: 'Block', exact: true }).click();

  await colleague.getByRole('gridcell', { name: /seat 4, blocked/ }).waitFor();
  await hall.getByRole('gridcell', { name: /^Seat 3,.*not on sale/ }).waitFor();
  await hall.getByRole('gridcell', { name: /^Seat 5,.*free/ }).waitFor();
  await colleague.getByRole('gridcell', { name: /seat 3, blocked/ }).click();
  expect(await colleague.getByRole('button', { name: /Release/ }).count()).toBe(0);
});

test('a sold seat leads to its order', async () => {
  const bought = await sell('haru', [7]);
  const page = await pages.openConsole(site(), { path: `/console/events/${bought.eventId}/seats` });
  await page.getByRole('gridcell', { name: /seat 7, sold/ }).click();
  await page.getByRole('button', { name: 'Open the order' }).click();
  await page.getByRole('heading', { name: `Order ${bought.reservationId}` }).waitFor();
});

test('the downloaded CSV is what the API gives for the filter of the address', async () => {
  const sale = await sell('=cmd', [1, 2]);
  await sell('nari', [5], sale);
  const query = 'userId=%3Dcmd';
  const page = await pages.openConsole(site(), { path: `/console/events/${sale.eventId}/orders?${query}` });
  await page.getByText('1 order', { exact: true }).waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const file = join(tmpdir(), `orders-${process.pid}.csv`);
  await (await downloading).saveAs(file);
  const token = await signAccessToken('staff', { scope: 'sales:read' });
  const answer = await fetch(
    `${site().url}/v1/admin/events/${sale.eventId}/reservations?format=csv&${query}`,
    {
      headers: { authorization: `Bearer ${token}` },
    },
  );
  const csv = await answer.text();
  expect(await readFile(file, 'utf8')).toBe(csv);
  expect(csv).toContain("'=cmd");
  expect(csv).not.toContain('nari');
});

test('a date is cancelled by typing its venue, and shows the refunds', async () => {
  const sale = await sell('mina2', [1]);
  await sell('jun2', [2, 3], sale);
  const page = await pages.openConsole(site(), { path: `/console/events/${sale.eventId}` });
  await page.getByRole('button', { name: 'Cancel the date …' }).click();
  const button = page.getByRole('dialog').getByRole('button', { name: 'Cancel the date' });
  await page.getByLabel('Reason').fill('The singer is ill');
  await page.getByLabel('Name', { exact: true }).fill('Another hall');
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Enter');
  expect(
    (await site().admin.send<{ salesState: string }>('GET', `/v1/admin/events/${sale.eventId}`)).body
      .salesState,
  ).toBe('RUNNING');
  const venue = await page.locator('.name-to-type').innerText();
  await page.getByLabel('Name', { exact: true }).fill(venue);
  await button.click();

  await page.getByText('All orders are refunded: 2 of 2').waitFor();
  await page.getByText('The singer is ill', { exact: false }).waitFor();
  expect((await site().fan('jun2').wallet()).body.balance).toBe(10_000);
});

test('an edit that a colleague has overtaken shows their change, and keeps both', async () => {
  const { eventId } = await site().openSale({ seatCount: 60, price: 100 });
  const page = await pages.openConsole(site(), { path: `/console/events/${eventId}` });
  await page.getByRole('button', { name: 'Edit …' }).click();
  await page.getByLabel('Venue', { exact: true }).fill('Arena <i>1</i>');
  const path = `/v1/admin/events/${eventId}`;
  expectOk(await site().admin.send('PATCH', path, { headers: { 'if-match': '*' }, body: { price: 250 } }));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody else has changed the date meanwhile').waitFor();
  await page.getByRole('row', { name: /Price in won 100 250/ }).waitFor();
  await page.getByRole('button', { name: 'Keep their change, and mine on top' }).click();
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByRole('heading', { name: 'Arena <i>1</i>' }).waitFor();
  expect((await site().admin.send('GET', path)).body).toMatchObject({ venue: 'Arena <i>1</i>', price: 250 });
});

test('who may only read sees everything and changes nothing', async () => {
  const bought = await sell('mina3', [1]);
  const reader = { user: 'reader', scope: 'sales:read' };
  const page = await pages.openConsole(site(), { ...reader, path: `/console/events/${bought.eventId}` });
  await page.getByText('Revenue').waitFor();
  for (const name of [/Stop the sales/, /Edit/, /Cancel the date/, /Delete/])
    expect(await page.getByRole('button', { name }).count()).toBe(0);
  const order = await pages.openTab(page, `/console/reservations/${bought.reservationId}`);
  await order.getByText('History').waitFor();
  expect(await order.getByRole('button', { name: /Refund/ }).count()).toBe(0);
  const wallet = await pages.openTab(page, '/console/users/mina3/wallet');
  await wallet.getByText('₩9,900').first().waitFor();
  expect(await wallet.getByRole('button', { name: /Adjust/ }).count()).toBe(0);
});

test('a date of 50,000 seats opens, and its last seat is blocked', async () => {
  const { eventId } = await site().openSale({ seatCount: 50_000 });
  const page = await pages.openConsole(site(), { path: `/console/events/${eventId}/seats` });
  await page.getByRole('button', { name: /part 50/ }).click();
  await page.getByRole('gridcell', { name: /seat 50000, free/ }).click();
  await page.getByRole('button', { name: 'Block 1 …' }).click();
  await page.getByLabel('Reason').fill('A pillar');
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByRole('gridcell', { name: /seat 50000, blocked/ }).waitFor();
});

test('a session that ends in the middle of a form loses nothing that was entered', async () => {
  const bought = await sell('mina4', [1]);
  let isSignedOut = false;
  const page = await pages.openConsole(site(), {
    path: `/console/reservations/${bought.reservationId}`,
    prepare: async (opened) => {
      const refuse = {
        status: 401,
        contentType: 'application/problem+json',
        body: '{"code":"UNAUTHENTICATED"}',
      };
      await opened.route('**/refund', (route) => (isSignedOut ? route.fulfill(refuse) : route.continue()));
    },
  });
  await page.getByRole('button', { name: 'Refund …' }).click();
  await confirmByTyping(page, 'mina4', 'Ill');
  isSignedOut = true;
  await page.getByRole('button', { name: 'Refund all seats' }).click();
  await page.getByText('Your session has ended').waitFor();
  isSignedOut = false;
  expect(await page.getByLabel('Reason').inputValue()).toBe('Ill');
  await page.getByRole('button', { name: 'Refund all seats' }).click();
  await page.getByText('₩100 refunded').first().waitFor();
});

test('an edit whose answer was lost is not taken for that of a colleague', async () => {
  const { eventId } = await site().openSale({ seatCount: 60 });
  let attempts = 0;
  const page = await pages.openConsole(site(), {
    path: `/console/events/${eventId}`,
    prepare: (opened) =>
      opened.route(`**/v1/admin/events/${eventId}`, async (route) => {
        if (route.request().method() !== 'PATCH' || ++attempts > 1) return route.continue();
        await route.fetch();
        await route.abort();
      }),
  });
  await page.getByRole('button', { name: 'Edit …' }).click();
  await page.getByLabel('Venue', { exact: true }).fill('Lost answer');
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByRole('heading', { name: 'Lost answer' }).waitFor();
  expect(attempts).toBe(2);
});
