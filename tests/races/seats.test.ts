import { SEAT_HOLD_STRATEGIES } from '@frontrow/adapters/open-ports.ts';
import { describe, expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { Installation } from '../support/start-installation.ts';
import { useInstallation } from '../support/use-installation.ts';

describe.each(SEAT_HOLD_STRATEGIES)('holding seats through two processes by %s', (SEAT_HOLD_STRATEGY) => {
  const installation = useInstallation({ env: { SEAT_HOLD_STRATEGY } });

  it('gives one seat to one of 500 simultaneous requests, and names the seat to the others', async () => {
    const sale = await installation().openSale();
    const fans = await admitFans(installation(), sale, 500);
    const answers = await Promise.all(fans.map((fan) => fan.hold(sale.eventId, [7])));

    expect(countOccurrences(answers.map(outcome))).toEqual({ '201': 1, '409 SEAT_UNAVAILABLE': 499 });
    const winner = answers.find(({ status }) => status === 201);
    expect(await liveHolds(installation(), sale.eventId)).toEqual([{ id: winner?.body.id, seat_number: 7 }]);
    const losers = answers.filter(({ status }) => status === 409);
    expect(losers.filter(({ body }) => String(body.unavailableSeats) !== '7')).toEqual([]);
  });

  it('gives each of 200 requests for 4 of 50 seats all of them or none', async () => {
    const sale = await installation().openSale({ seatCount: 50 });
    const fans = await admitFans(installation(), sale, 200);
    const random = seededRandom(4711);
    const wanted = fans.map(() => fourOfFifty(random));
    const answers = await Promise.all(fans.map((fan, index) => fan.hold(sale.eventId, wanted[index] ?? [])));

    const outcomes = countOccurrences(answers.map(outcome));
    expect(Object.keys(outcomes).toSorted()).toEqual(['201', '409 SEAT_UNAVAILABLE']);
    const seatsOf = ({ status, body }: (typeof answers)[number]) =>
      (status === 201 ? body.seatNumbers : body.unavailableSeats) ?? [];
    for (const [index, answer] of answers.entries()) {
      expect(seatsOf(answer)).not.toEqual([]);
      expect(wanted[index]).toEqual(expect.arrayContaining(seatsOf(answer)));
    }
    const held = answers
      .filter(({ status }) => status === 201)
      .flatMap(({ body: { id, seatNumbers } }) => seatNumbers.map((seat_number) => ({ id, seat_number })));
    expect(held).toHaveLength(4 * (outcomes['201'] ?? 0));
    expect(new Set(held.map(({ seat_number }) => seat_number)).size).toBe(held.length);
    expect(await liveHolds(installation(), sale.eventId)).toEqual(held.toSorted(bySeat));
  });
});

/** Distinct and unordered, so that two requests deadlock unless their seats are locked in one order. */
function fourOfFifty(random: () => number): number[] {
  const seats = new Set<number>();
  while (seats.size < 4) seats.add(1 + Math.floor(random() * 50));
  return [...seats];
}

type LiveHold = { id: string; seat_number: number };

function bySeat(a: LiveHold, b: LiveHold): number {
  return a.seat_number - b.seat_number;
}

async function liveHolds(installation: Pick<Installation, 'readRows'>, eventId: string): Promise<LiveHold[]> {
  const rows = await installation.readRows(
    `select r.id, s.seat_number from reservation r join reservation_seat s on s.reservation_id = r.id
     where r.concert_event_id = ? and r.status = 'HELD' and r.hold_expires_at > sysdate(3)
     order by s.seat_number`,
    [eventId],
  );
  return rows.map(({ id, seat_number }) => ({ id, seat_number }));
}
