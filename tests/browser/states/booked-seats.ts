import type { Page } from 'playwright-core';
import { expectOk } from '../../support/operator.ts';
import type { Stage } from './stage.ts';

/** A reservation of the fan `mina`, who opens the page. */
type Booked = { readonly concertId: string; readonly eventId: string; readonly reservationId: string };

/** Holds seats for mina through the API. */
export async function holdSeats(stage: Stage, seatNumbers = [31, 32]): Promise<Booked> {
  const sale = await stage.openSale();
  const mina = stage.site.fan('mina');
  expectOk(await mina.join(sale.concertId));
  const { id } = expectOk(await mina.hold(sale.eventId, seatNumbers));
  return { ...sale, reservationId: id };
}

/** Holds and pays seats for mina through the API. */
export async function paySeats(stage: Stage, seatNumbers = [31, 32]): Promise<Booked> {
  const booked = await holdSeats(stage, seatNumbers);
  const mina = stage.site.fan('mina');
  expectOk(await mina.charge(300_000));
  expectOk(await mina.pay(booked.reservationId));
  return booked;
}

export async function openReservation(stage: Stage, { reservationId }: Booked, title: string): Promise<Page> {
  const page = await stage.openFan({ path: `/reservations/${reservationId}` });
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  return page;
}
