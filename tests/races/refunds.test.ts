import { expect, it } from 'vitest';
import { admitFan, admitFans } from '../support/crowd.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { type Sale } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 1 });
const PRICE = 100;
const ROUNDS = 20;

async function buy(sale: Sale, seatNumbers: readonly number[]): Promise<{ fan: Fan; id: string }> {
  const fan = await admitFan(installation(), sale);
  expectOk(await fan.charge(PRICE * seatNumbers.length));
  const { id } = expectOk(await fan.hold(sale.eventId, seatNumbers));
  expectOk(await fan.pay(id));
  return { fan, id };
}
const balanceOf = async (fan: Fan) => expectOk(await fan.wallet()).balance;

it('pays a reservation back once for 40 simultaneous refunds with 40 keys, at two processes', async () => {
  const sale = await installation().openSale({ price: PRICE });
  const { fan, id } = await buy(sale, [1, 2, 3]);
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => fan.at(index % 2).refund(id)));
  expect(countOccurrences(answers.map(outcome))).toEqual({ '201': 1, '409 RESERVATION_NOT_CONFIRMED': 39 });
  expect(await balanceOf(fan)).toBe(3 * PRICE);
  expect(expectOk(await fan.reservation(id))).toMatchObject({
    status: 'REFUNDED',
    refundedSeats: [1, 2, 3],
    refundedAmount: 3 * PRICE,
  });
});

it('pays each seat back once when parts of a reservation and the whole are refunded at the same time', async () => {
  const sale = await installation().openSale({ price: PRICE, seatCount: 4 * ROUNDS });
  await Promise.all(
    Array.from({ length: ROUNDS }, async (_, round) => {
      const seats = [1, 2, 3, 4].map((number) => 4 * round + number);
      const { fan, id } = await buy(sale, seats);
      const [a = 0, b = 0, c = 0, d = 0] = seats;
      const parts = [[a, b], [b, c], [c], undefined, [d], [d, a]];
      const answers = await Promise.all(parts.map((part, index) => fan.at(index % 2).refund(id, part)));
      const refunded = answers.flatMap(({ status, body }) => (status === 201 ? [body] : []));
      const back = refunded.flatMap(({ seatNumbers }) => seatNumbers);
      expect(new Set(back).size).toBe(back.length);
      const allowed = ['201', '409 SEAT_ALREADY_REFUNDED', '409 RESERVATION_NOT_CONFIRMED'];
      expect(answers.map(outcome).filter((one) => !allowed.includes(one))).toEqual([]);
      expect(await balanceOf(fan)).toBe(PRICE * back.length);
      expect(expectOk(await fan.reservation(id)).refundedSeats).toEqual(back.toSorted((x, y) => x - y));
    }),
  );
});

it('sells a seat again only after its refund, and the refund of its first owner leaves the second alone', async () => {
  const sale = await installation().openSale({ price: PRICE, seatCount: ROUNDS });
  const rivals = await admitFans(installation(), sale, ROUNDS);
  await Promise.all(
    rivals.map(async (rival, index) => {
      const seat = index + 1;
      const { fan, id } = await buy(sale, [seat]);
      expectOk(await rival.charge(PRICE));
      const takeSeat = async () => {
        for (;;) {
          const held = await rival.hold(sale.eventId, [seat]);
          if (held.status === 201) return expectOk(await rival.pay(held.body.id)).reservationId;
          expect(outcome(held)).toBe('409 SEAT_UNAVAILABLE');
        }
      };
      const [bought, ...refunds] = await Promise.all([
        takeSeat(),
        ...Array.from({ length: 4 }, (_, nth) => fan.at(nth % 2).refund(id)),
      ]);
      expect(countOccurrences(refunds.map(outcome))).toEqual({
        '201': 1,
        '409 RESERVATION_NOT_CONFIRMED': 3,
      });
      expect([await balanceOf(fan), await balanceOf(rival)]).toEqual([PRICE, 0]);
      const own = expectOk(await rival.reservation(bought));
      expect(own).toMatchObject({ status: 'CONFIRMED', seatNumbers: [seat], refundedSeats: [] });
    }),
  );
});
