import { expectOk } from '../../support/operator.ts';
import { holdSeats, openReservation, paySeats } from './booked-seats.ts';
import { DAY_MS, type State } from './stage.ts';
import { walkStates } from './walk-states.ts';

const PAY = 'Pay for your seats';
const TICKETS = 'Your tickets';

const states: readonly State[] = [
  {
    name: 'reservation-held',
    viewports: ['phone', 'desktop'],
    async reach(stage) {
      const booked = await holdSeats(stage);
      expectOk(await stage.site.fan('mina').charge(300_000));
      const page = await openReservation(stage, booked, PAY);
      await page.getByRole('button', { name: 'Pay ₩198,000' }).waitFor();
      return page;
    },
  },
  {
    name: 'reservation-without-money',
    async reach(stage) {
      const page = await openReservation(stage, await holdSeats(stage), PAY);
      await page.getByText(/^You need .* more\.$/).waitFor();
      return page;
    },
  },
  {
    name: 'reservation-giving-back',
    async reach(stage) {
      const page = await openReservation(stage, await holdSeats(stage), PAY);
      await page.getByRole('button', { name: 'Give back all seats' }).click();
      await page.getByRole('dialog').waitFor();
      return page;
    },
  },
  {
    name: 'reservation-extended',
    async reach(stage) {
      const page = await openReservation(stage, await holdSeats(stage), PAY);
      await page.getByRole('button', { name: 'More time' }).click();
      await page.getByText('You have more time now').waitFor();
      return page;
    },
  },
  {
    name: 'reservation-expired',
    async reach(stage) {
      const booked = await holdSeats(stage);
      stage.site.advance(DAY_MS);
      return openReservation(stage, booked, 'The time is over');
    },
  },
  {
    name: 'reservation-paid',
    viewports: ['phone', 'desktop'],
    reach: async (stage) => openReservation(stage, await paySeats(stage), TICKETS),
  },
  {
    name: 'reservation-refunding',
    async reach(stage) {
      const page = await openReservation(stage, await paySeats(stage), TICKETS);
      await page
        .getByRole('button', { name: /^Refund/ })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
      return page;
    },
  },
  {
    name: 'reservation-refunded',
    async reach(stage) {
      const booked = await paySeats(stage);
      expectOk(await stage.site.fan('mina').refund(booked.reservationId));
      return openReservation(stage, booked, 'This reservation was refunded');
    },
  },
];

walkStates(states);
