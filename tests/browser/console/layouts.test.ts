import { expect, test } from 'vitest';
import { expectOk } from '../../support/operator.ts';
import { drawHall } from '../../support/halls.ts';
import { usePages } from '../support/use-pages.ts';
import { useMemorySite } from '../support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

const HALL = drawHall({ Parterre: ['....', 'a.r.'], Balcony: ['rr'] });

const csvFile = (text: string) => ({ name: 'hall.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

test('a CSV file with faults shows their lines, and the mended one makes a template and a date', async () => {
  const { concertId } = await site().openSale();
  const page = await pages.openConsole(site(), { path: '/console/layouts/new' });
  const header = 'section,row,seat,x,y,category,price';
  await page.getByLabel('Name').fill('Small <b>hall</b>');
  await page
    .getByLabel('File')
    .setInputFiles(csvFile(`${header}\nA,1,1,0,0,front,100\nA,1,2,here,0,front,100\n`));
  await page.getByRole('button', { name: 'Keep the layout' }).click();
  await page.getByText('Line 3, x').waitFor();
  await page.getByText('A,1,2,here,0,front,100').waitFor();
  await page
    .getByLabel('File')
    .setInputFiles(csvFile(`${header}\nA,1,1,0,0,front,100\nA,1,2,1,0,front,100\n`));
  await page.getByText('hall.csv: 76 characters').waitFor();
  await page.getByText('Line 3, x').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Keep the layout' }).click();
  await page.getByRole('heading', { name: 'Small <b>hall</b>' }).waitFor();

  const date = await pages.openTab(page, `/console/concerts/${concertId}/new-date`);
  await date.getByLabel('Venue', { exact: true }).fill('Annexe');
  await date.getByLabel('Seats from').selectOption('template');
  await date.getByLabel('Template').selectOption({ label: 'Small <b>hall</b> (2 seats)' });
  await date.getByRole('button', { name: 'Add the date' }).click();
  await date.getByRole('heading', { name: 'Annexe' }).waitFor();
  await date.getByText('Version 1').waitFor();
});

test('a layout is saved with the names and prices that the summary has said', async () => {
  const { eventId } = await site().openSale({ layout: HALL });
  const page = await pages.openConsole(site(), { path: `/console/events/${eventId}/layout` });
  const price = page.getByLabel(/^Price of/).first();
  const old = await price.inputValue();
  await price.fill('777000');
  await price.blur();
  await page.getByText(`costs 777000 in place of ${old}`, { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Save as version 2' }).click();
  await page.getByText('Nothing is changed.').waitFor();
  const { body } = await site().admin.send<{ categories: { price: number }[] }>(
    'GET',
    `/v1/admin/events/${eventId}/layout`,
  );
  expect(body.categories[0]?.price).toBe(777_000);
});

test('a date is copied with its layout and another venue', async () => {
  const { eventId } = await site().openSale({ layout: HALL });
  const page = await pages.openConsole(site(), { path: `/console/events/${eventId}` });
  await page.getByRole('link', { name: 'Copy …' }).click();
  await page.getByRole('heading', { name: /^Copy of/ }).waitFor();
  await page.getByLabel('Venue', { exact: true }).fill('Second night');
  await page.getByRole('button', { name: 'Add the date' }).dblclick();
  await page.getByRole('heading', { name: 'Second night' }).waitFor();
  const copiedId = page.url().split('/').at(-1);
  const layoutOf = async (id: string | undefined) =>
    expectOk(await site().admin.send('GET', `/v1/admin/events/${id}/layout`));
  expect(await layoutOf(copiedId)).toEqual(await layoutOf(eventId));
});

test('a layout that a colleague has changed meanwhile shows their change before it is replaced', async () => {
  const { eventId } = await site().openSale({ layout: HALL });
  const page = await pages.openConsole(site(), { path: `/console/events/${eventId}/layout` });
  await page.getByLabel('Name of section Parterre').fill('Stalls');
  await page.keyboard.press('Tab');
  const price = `/v1/admin/events/${eventId}/categories/rear`;
  expectOk(await site().admin.send('PATCH', price, { headers: { 'if-match': '*' }, body: { price: 650 } }));
  await page.getByRole('button', { name: 'Save as version 2' }).click();
  await page.getByText('Category Rear costs 650 in place of 500').waitFor();
  await page.getByRole('button', { name: 'Replace their layout by mine' }).click();
  await page.getByText('Category Rear costs 500 in place of 650').waitFor();
  await page.getByLabel('Price of rear in won').fill('650');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: /^Save as version/ }).click();
  await page.getByText('Nothing is changed.').waitFor();
  const { body } = await site().admin.send('GET', `/v1/admin/events/${eventId}/layout`);
  expect(body).toMatchObject({ categories: [{}, { price: 650 }], sections: [{ name: 'Stalls' }, {}] });
});
