import { expect, it } from 'vitest';
import { admitFan, admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 1 });
const CROWD = 20;
const SEATS_MAX = 3;

it('never gives a user more seats than the limit, when payments, places and holds race on two processes', async () => {
  const hold = { seatsPerUserMax: SEATS_MAX, unpaidHoldsMax: null };
  const sale = await installation().openSale({ seatCount: 10 * CROWD + 1, price: 100, policy: { hold } });
  const { concertId, eventId } = sale;
  // Nobody is admitted after a payment before the worker has counted the seats.
  const first = await admitFan(installation(), sale);
  expectOk(await first.charge(100));
  expectOk(await first.pay(expectOk(await first.hold(eventId, [10 * CROWD + 1])).id));
  await eventually(async () => expect((await first.join(concertId)).body.status).toBe('ACTIVE'));
  const fans = await admitFans(installation(), sale, CROWD);
  const outcomes = await Promise.all(
    fans.map(async (fan, index) => {
      const seat = (number: number) => 10 * index + number;
      expectOk(await fan.charge(1_000));
      const { id } = expectOk(await fan.hold(eventId, [seat(1), seat(2)]));
      const answers = await Promise.all([
        fan.at(0).pay(id),
        (async () => {
          await fan.at(1).leave();
          await fan.at(1).join(concertId);
          return Promise.all([
            fan.at(0).hold(eventId, [seat(3), seat(4)]),
            fan.at(1).hold(eventId, [seat(5), seat(6)]),
          ]);
        })(),
      ]);
      expectOk(answers[0]);
      await fan.leave();
      expectOk(await fan.join(concertId));
      const two = await fan.hold(eventId, [seat(7), seat(8)]);
      const singles = await Promise.all(
        [0, 1].map((process) => fan.at(process).hold(eventId, [seat(9 + process)])),
      );
      return [...answers[1], two, ...singles].map(outcome);
    }),
  );
  const counts = countOccurrences(outcomes.map((each) => each.slice(2).toSorted().join(', ')));
  expect(counts).toEqual({ '201, 409 HOLD_LIMIT_EXCEEDED, 409 SEAT_LIMIT_EXCEEDED': CROWD });
  expect(outcomes.flatMap((each) => each.slice(0, 2))).not.toContain('201');

  const rows = await installation().readRows(
    `select r.user_id, count(*) as seats from reservation r join reservation_seat s on s.reservation_id = r.id
     where r.concert_id = ? and (r.status = 'CONFIRMED' or (r.status = 'HELD' and r.hold_expires_at > now(3)))
     group by r.user_id`,
    [concertId],
  );
  const byUser = rows.filter(({ user_id }) => user_id !== first.userId);
  expect(countOccurrences(byUser.map(({ seats }) => String(seats)))).toEqual({ [SEATS_MAX]: CROWD });
});
