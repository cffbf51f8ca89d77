import { expect, test } from 'vitest';
import { usePages } from '../support/use-pages.ts';
import { useMemorySite } from '../support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

test('an endpoint is added with a secret that is shown once, tested, and deleted by typing', async () => {
  const page = await pages.openConsole(site(), { path: '/console/webhooks' });
  await page.getByRole('button', { name: 'Add an endpoint …' }).click();
  await page.getByLabel('Address').fill('http://127.0.0.1:9/hook');
  await page.getByLabel('Description').fill('<img src=x onerror=alert(1)>');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  expect(await page.getByRole('textbox', { name: 'Secret' }).inputValue()).toMatch(/^whsec_/);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByRole('link', { name: 'http://127.0.0.1:9/hook' }).click();
  await page.getByText('<img src=x onerror=alert(1)>').waitFor();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByRole('button', { name: /^Show the attempts/ }).click();
  await page.getByText('ECONNREFUSED', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Delete …' }).click();
  await page.getByLabel('Name', { exact: true }).fill('http://127.0.0.1:9/hook');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('No server is told anything yet.').waitFor();
});

test('the audit log says who changed what, and keeps its filter in the address', async () => {
  const { concertId, eventId } = await site().openSale();
  const headers = { 'if-match': '*' };
  await site().admin.send('PATCH', `/v1/admin/events/${eventId}`, {
    headers,
    body: { venue: '<s>Hall</s>' },
  });
  const page = await pages.openConsole(site(), { path: '/console/audit' });
  await page
    .getByRole('link', { name: `event/${eventId}` })
    .first()
    .click();
  await page.getByText('2 entries').waitFor();
  expect(new URL(page.url()).searchParams.get('target')).toBe(`event/${eventId}`);
  await page.getByText('Changed', { exact: true }).click();
  await page.getByText('<s>Hall</s>').waitFor();
  await page.reload();
  await page.getByText('2 entries').waitFor();
  expect(await page.getByText(`concert/${concertId}`).count()).toBe(0);
});
