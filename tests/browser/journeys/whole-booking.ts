import { createDemoHall } from '@frontrow/adapters/process/demo-hall.ts';
import type { Page } from 'playwright-core';
import type { Site } from '../../support/browser/site.ts';
import type { Pages, PageOptions } from '../support/use-pages.ts';

/** What a fan reads on the way, as patterns of the names of roles. */
type Texts = {
  readonly join: RegExp;
  readonly guest: RegExp;
  readonly inLine: RegExp;
  readonly seat: (row: string, number: number) => RegExp;
  readonly hold: RegExp;
  readonly charge: RegExp;
  readonly pay: RegExp;
  readonly paid: RegExp;
  readonly code: RegExp;
  readonly myTickets: RegExp;
  readonly openTicket: RegExp;
};

const TEXTS: Readonly<Record<'en' | 'ko', Texts>> = {
  en: {
    join: /^Join the waiting room$/,
    guest: /^Continue as guest$/,
    inLine: /^You are in line$/,
    seat: (row, number) => new RegExp(`row ${row}, seat ${number}\\b`, 'i'),
    hold: /^Hold these seats$/,
    charge: /^Charge ₩/,
    pay: /^Pay ₩/,
    paid: /^Your tickets$/,
    code: /^Ticket code of /,
    myTickets: /^My tickets$/,
    openTicket: /^Open .*, 2 seats$/,
  },
  ko: {
    join: /^대기열 입장하기$/,
    guest: /^게스트로 시작하기$/,
    inLine: /^순서대로 입장하고 있습니다$/,
    seat: (row, number) => new RegExp(`${row}열 ${number}번`),
    hold: /^좌석 선택 완료$/,
    charge: /충전하기$/,
    pay: /결제하기$/,
    paid: /^예매 완료$/,
    code: /티켓 코드$/,
    myTickets: /^내 티켓$/,
    openTicket: /2석 열기$/,
  },
};

/** Opens the sale of a hall where one fan may choose at a time, so that the next one waits. */
export async function openHall(site: Site, title: string) {
  const policy = { admission: { maxActive: 1, recoveryGraceMs: 1_000 } };
  return { title, ...(await site.openSale({ title, layout: createDemoHall(), policy })) };
}

/**
 * Books two seats of the demo hall as a new visitor does, from the list of concerts to the ticket codes, behind another
 * fan in the line. It finds everything by role and name, as a screen reader does, and
 * answers how many ticket codes it saw. `activate` presses a control.
 */
export async function bookTwoSeats(
  site: Site,
  pages: Pages,
  sale: { readonly concertId: string; readonly eventId: string; readonly title: string },
  options: PageOptions & { readonly locale: 'en' | 'ko' },
  activate: (page: Page, role: 'button' | 'link' | 'gridcell', name: RegExp) => Promise<void> = click,
): Promise<number> {
  const texts = TEXTS[options.locale];
  const first = site.fan(`first-${sale.eventId}`);
  await first.join(sale.concertId);
  const page = await pages.openFan(site, options);

  await activate(page, 'link', new RegExp(sale.title));
  await activate(page, 'button', texts.join);
  await activate(page, 'button', texts.guest);
  await page.getByRole('heading', { level: 1, name: texts.inLine }).waitFor();
  await first.leave(); // the fan is called, and the page goes on to the hall by itself

  await activate(page, 'button', /Parterre Centre/);
  await activate(page, 'gridcell', texts.seat('C', 9));
  await activate(page, 'gridcell', texts.seat('C', 10));
  await activate(page, 'button', texts.hold);
  await activate(page, 'button', texts.charge);
  await activate(page, 'button', texts.pay);
  await page.getByRole('heading', { level: 1, name: texts.paid }).waitFor();
  await page.getByRole('img', { name: texts.code }).first().waitFor();
  const codes = await page.getByRole('img', { name: texts.code }).count();

  await activate(page, 'link', texts.myTickets);
  await page.getByRole('link', { name: texts.openTicket }).waitFor();
  return codes;
}

async function click(page: Page, role: 'button' | 'link' | 'gridcell', name: RegExp): Promise<void> {
  await page.getByRole(role, { name }).first().click();
}
