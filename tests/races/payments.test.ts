import { expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { type Sale } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 0 });
const CROWD = 40;

/** Fans who hold one seat each and can pay for it; as many seats are available. */
async function createHolders(): Promise<{
  sale: Sale;
  fans: { fan: Fan; reservationId: string; seat: number }[];
}> {
  const sale = await installation().openSale({ seatCount: 2 * CROWD, price: 100 });
  const crowd = await admitFans(installation(), sale, CROWD);
  const fans = crowd.map(async (fan, index) => {
    expectOk(await fan.charge(100));
    return { fan, reservationId: expectOk(await fan.hold(sale.eventId, [index + 1])).id, seat: index + 1 };
  });
  return { sale, fans: await Promise.all(fans) };
}

it('refuses a further hold with the place that a payment ends, however close the two requests are', async () => {
  const { sale, fans } = await createHolders();
  const answers = await Promise.all(
    fans.map(async ({ fan, reservationId, seat }) => {
      const holdAnother = () => fan.hold(sale.eventId, [CROWD + seat]);
      const [early, payment, ...late] = await Promise.all([
        holdAnother(),
        fan.pay(reservationId),
        holdAnother(),
        holdAnother(),
      ]);
      expect(outcome(payment)).toBe('201');
      const afterwards = [
        await fan.at(0).seats(sale.eventId),
        await fan.at(1).seats(sale.eventId),
        await holdAnother(),
      ];
      expect(countOccurrences(afterwards.map(outcome))).toEqual({ '403 QUEUE_TOKEN_NOT_ACTIVE': 3 });
      return [early, ...late].map(outcome);
    }),
  );
  const allowed = new Set(['403 QUEUE_TOKEN_NOT_ACTIVE', '409 HOLD_LIMIT_EXCEEDED', '409 SEAT_UNAVAILABLE']);
  expect(answers.flat().filter((answer) => !allowed.has(answer))).toEqual([]);
});

it('either sells or releases a seat whose owner pays and cancels at the same time', async () => {
  const { fans } = await createHolders();
  const outcomes = await Promise.all(
    fans.map(async ({ fan, reservationId }, index) => {
      const pay = () => fan.at(index % 2).pay(reservationId);
      const cancel = () => fan.at((index + 1) % 2).cancel(reservationId);
      const responses = await Promise.all(index % 4 < 2 ? [pay(), cancel()] : [cancel(), pay()]);
      const { balance } = expectOk(await fan.wallet());
      const { status } = expectOk(await fan.reservation(reservationId));
      return `${responses.map(outcome).toSorted().join(', ')}: ${status}, ${balance}`;
    }),
  );
  const sold = '201, 409 RESERVATION_NOT_HELD: CONFIRMED, 0';
  const released = '204, 409 RESERVATION_NOT_HELD: CANCELLED, 100';
  expect(outcomes.filter((one) => one !== sold && one !== released)).toEqual([]);
});

it('charges for the seats that are sold when a fan pays and gives up seats at the same time', async () => {
  const sale = await installation().openSale({ seatCount: 2 * CROWD, price: 100 });
  const fans = await admitFans(installation(), sale, CROWD);
  const outcomes = await Promise.all(
    fans.map(async (fan, index) => {
      expectOk(await fan.charge(200));
      const { id } = expectOk(await fan.hold(sale.eventId, [2 * index + 1, 2 * index + 2]));
      const pay = () => fan.at(index % 2).pay(id);
      const keep = () => fan.at((index + 1) % 2).keepSeats(id, [2 * index + 1]);
      const responses = await Promise.all(index % 4 < 2 ? [pay(), keep()] : [keep(), pay()]);
      const { balance } = expectOk(await fan.wallet());
      const { seatNumbers, totalAmount, status } = expectOk(await fan.reservation(id));
      const after = `${status}, ${seatNumbers.length} seats for ${totalAmount}, ${balance} left`;
      return `${responses.map(outcome).toSorted().join(', ')}: ${after}`;
    }),
  );
  const kept = '200, 201: CONFIRMED, 1 seats for 100, 100 left';
  const paid = '201, 409 RESERVATION_NOT_HELD: CONFIRMED, 2 seats for 200, 0 left';
  expect(outcomes.filter((one) => one !== kept && one !== paid)).toEqual([]);
});
