import { createApplication } from '@frontrow/application/application.ts';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { UNKNOWN_ROOM } from '@frontrow/domain/waiting-room/admission.ts';
import { MONEY_MAX, sum } from '@frontrow/domain/shared/money.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { countOccurrences } from '../support/outcomes.ts';
import { repeatWhileUnavailable } from '../support/repeat-while-unavailable.ts';
import { refused, unwrap } from '../support/results.ts';
import { type FanWithTicket, useSaleFixture } from '../support/sale-fixture.ts';
import { seededRandom } from '../support/seeded-random.ts';

const PRICE = 1_000;
const SIZES = [1, 2, 64];

describe.each(environments)('holds and payments in groups ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const appOf = (groupMax: number, ports: Ports = fixture().ports) => createApplication(ports, groupMax);
  const holdRequest = (fan: FanWithTicket, eventId: string, seatNumbers: readonly number[]) => ({
    ...fan,
    eventId,
    seatNumbers,
    request: fixture().newRequest(fan.userId),
  });
  async function openCrowd(size: number, seatCount: number) {
    const sale = await fixture().openSale({ event: { seatCount, price: PRICE } });
    const fans = await Promise.all(Array.from({ length: size }, () => fixture().join(sale)));
    return { sale, fans };
  }

  it.each(SIZES)('gives each of a crowd all its seats or none, in groups of %i', async (groupMax) => {
    const { sale, fans } = await openCrowd(80, 30);
    const random = seededRandom(groupMax);
    const requests = fans.map((fan) => {
      const seats = new Set(Array.from({ length: 3 }, () => 1 + Math.floor(random() * 30)));
      return holdRequest(fan, sale.event.id, [...seats]);
    });
    const app = appOf(groupMax);
    const hold = (request: (typeof requests)[number]) => repeatWhileUnavailable(() => app.holdSeats(request));
    const outcomes = await Promise.all(requests.map(hold));
    const { seats } = await fixture().ports.seatReads.list(sale.event.id, []);
    const owners = new Map<number, string>();
    for (const outcome of outcomes)
      if (outcome.ok)
        for (const number of outcome.value.value.seatNumbers) owners.set(number, outcome.value.value.id);
    const stored = seats.flatMap((seat) =>
      seat.status === 'HELD' ? [[seat.number, seat.reservationId]] : [],
    );
    expect(stored).toEqual([...owners].toSorted(([a], [b]) => a - b));
    expect(owners.size).toBeGreaterThan(15);
    const refusals = outcomes.map((outcome, index) => {
      if (outcome.ok) return 'held';
      const unavailable = outcome.refusal.code === 'SEAT_UNAVAILABLE' ? outcome.refusal.unavailableSeats : [];
      const { seatNumbers } = requests[index]!;
      return unavailable.every((number) => seatNumbers.includes(number) && owners.has(number)) &&
        unavailable.length > 0
        ? 'refused'
        : 'wrong';
    });
    expect(countOccurrences(refusals)['wrong']).toBeUndefined();

    const again = await Promise.all(requests.map(hold));
    expect(again.filter(({ ok }) => ok)).toEqual(
      outcomes.flatMap((outcome) =>
        outcome.ok ? { ok: true, value: { ...outcome.value, replayed: true } } : [],
      ),
    );
  });

  it('gives every seat to the first of 5,000 requests', async () => {
    const sale = await fixture().openSale({ event: { seatCount: 50 } });
    const { concertId, event } = sale;
    const { waitingRoom, ...others } = fixture().ports;
    const app = appOf(64, { ...others, waitingRoom: { ...waitingRoom, freshStatus: active } });
    const requests = Array.from({ length: 5_000 }, (_, index) => {
      const userId = fixture().newUser();
      const place = { concertId, userId, sequence: 2 ** 40 + index + 1 };
      const ticket = { ...place, issuedAt: 0, sessionExpiresAt: Infinity };
      return holdRequest({ userId, ticket }, event.id, [1 + (index % 50)]);
    });
    const outcomes = await Promise.all(
      requests.map((request) => repeatWhileUnavailable(() => app.holdSeats(request))),
    );
    expect(countOccurrences(outcomes.slice(0, 50).map(codeOf))).toEqual({ OK: 50 });
    expect(countOccurrences(outcomes.slice(50).map(codeOf))).toEqual({ SEAT_UNAVAILABLE: 4_950 });
  });

  it.each(SIZES)('answers each request of a mixed crowd for itself, in groups of %i', async (groupMax) => {
    const { sale, fans } = await openCrowd(6, 10);
    const [buyer, hasty, lost, twice, tooMany, ended] = fans as [
      FanWithTicket,
      FanWithTicket,
      FanWithTicket,
      FanWithTicket,
      FanWithTicket,
      FanWithTicket,
    ];
    const app = appOf(groupMax);
    const { id: eventId } = sale.event;
    const first = holdRequest(buyer, eventId, [1]);
    unwrap(await app.holdSeats(first));
    await app.leaveQueue(ended.ticket);
    const outcomes = await Promise.all([
      app.holdSeats(first),
      app.holdSeats({ ...first, request: { ...first.request, fingerprint: 'another body' } }),
      app.holdSeats(holdRequest(hasty, eventId, [2])),
      app.holdSeats(holdRequest(hasty, eventId, [3])),
      app.holdSeats(holdRequest(lost, eventId, [1, 4])),
      app.holdSeats(holdRequest(twice, eventId, [5, 5])),
      app.holdSeats(holdRequest(tooMany, eventId, [6, 7, 8, 9, 10])),
      app.holdSeats(holdRequest(ended, eventId, [6])),
      app.holdSeats(holdRequest(tooMany, 'unknown', [6])),
    ]);
    expect(outcomes.map(codeOf)).toEqual([
      'OK',
      'IDEMPOTENCY_KEY_REUSED',
      'OK',
      'HOLD_LIMIT_EXCEEDED',
      'SEAT_UNAVAILABLE',
      'VALIDATION_FAILED',
      'TOO_MANY_SEATS',
      'QUEUE_TOKEN_NOT_ACTIVE',
      'NOT_FOUND',
    ]);
  });

  it.each(SIZES)('pays for each of a crowd or refuses it for itself, in groups of %i', async (groupMax) => {
    const { sale, fans } = await openCrowd(16, 16);
    const app = appOf(groupMax);
    const held = await Promise.all(
      fans.map(async (fan, index) => {
        if (index % 4 !== 3) await fixture().charge(fan.userId, PRICE + index);
        const request = holdRequest(fan, sale.event.id, [index + 1]);
        return unwrap(await repeatWhileUnavailable(() => app.holdSeats(request))).value;
      }),
    );
    const requests = held.map(({ id: reservationId, userId }, index) => ({
      userId: index % 4 === 2 ? fans[0]!.userId : userId,
      reservationId: index % 4 === 1 ? 'unknown' : reservationId,
      request: fixture().newRequest(userId),
    }));
    const pay = (request: (typeof requests)[number]) =>
      repeatWhileUnavailable(() => app.payReservation(request));
    const outcomes = await Promise.all(requests.map(pay));
    const expected = ['OK', 'NOT_FOUND', 'NOT_FOUND', 'INSUFFICIENT_BALANCE'];
    expect(outcomes.map(codeOf)).toEqual(held.map((_, index) => expected[index % 4]));
    for (const [index, { id, userId }] of held.entries()) {
      const isPaid = index % 4 === 0;
      const outcome = outcomes[index]!;
      expect(await fixture().reservationStatus(id)).toBe(isPaid ? 'CONFIRMED' : 'HELD');
      expect(await fixture().seatStatus(sale, index + 1)).toBe(isPaid ? 'SOLD' : 'HELD');
      const { balance } = await app.getWallet(userId);
      expect(balance).toBe(index % 4 === 3 ? 0 : isPaid ? index : PRICE + index);
      const entries = await app.listWalletEntries(userId, { limit: 10, cursor: null });
      expect(entries.items.map(({ amount }) => amount)).toEqual(
        isPaid ? [-PRICE, PRICE + index] : index % 4 === 3 ? [] : [PRICE + index],
      );
      if (!outcome.ok) continue;
      expect(outcome.value.value).toMatchObject({
        reservationId: id,
        userId,
        amount: PRICE,
        balanceAfter: index,
      });
      expect(entries.items[0]).toMatchObject({ paymentId: outcome.value.value.id });
    }
    const again = await Promise.all(requests.map(pay));
    expect(again.map((outcome) => outcome.ok && outcome.value.replayed)).toEqual(
      outcomes.map(({ ok }) => ok),
    );
    expect(
      await app.payReservation({ ...requests[0]!, request: fixture().newRequest(held[0]!.userId) }),
    ).toEqual(refused('RESERVATION_NOT_HELD', { status: 'CONFIRMED' }));
  });

  it.each(SIZES)('charges each of a crowd once, new or not, in groups of %i', async (groupMax) => {
    const app = appOf(groupMax);
    const users = Array.from({ length: 12 }, () => fixture().newUser());
    for (const userId of users.slice(0, 6)) await fixture().charge(userId, MONEY_MAX);
    const requests = [...users, ...users].map((userId, index) => ({
      userId,
      amount: index + 1,
      request: fixture().newRequest(userId),
    }));
    const charge = (request: (typeof requests)[number]) =>
      repeatWhileUnavailable(() => app.chargeWallet(request));
    const outcomes = await Promise.all(requests.map(charge));
    expect(outcomes.map(codeOf)).toEqual(
      requests.map(({ userId }) => (users.indexOf(userId) < 6 ? 'WALLET_LIMIT_EXCEEDED' : 'OK')),
    );
    for (const [index, userId] of users.entries()) {
      const charged = index < 6 ? [MONEY_MAX] : [index + 13, index + 1];
      const { items } = await app.listWalletEntries(userId, { limit: 10, cursor: null });
      expect(items.map(({ amount }) => amount)).toEqual(charged);
      expect((await app.getWallet(userId)).balance).toBe(sum(charged));
    }
    const again = await Promise.all(requests.map(charge));
    expect(again.map((outcome) => outcome.ok && outcome.value.replayed)).toEqual(
      outcomes.map(({ ok }) => ok),
    );
  });

  it('gives no request of a group the error of another', async () => {
    const { sale, fans } = await openCrowd(20, 20);
    const { ports } = fixture();
    const unlucky = fans[7]!.userId;
    const failing: Ports = {
      ...ports,
      transact: (work, subject) => ports.transact((unit) => work(failFor(unit, unlucky)), subject),
    };
    const app = appOf(64, failing);
    const outcomes = await Promise.allSettled(
      fans.map((fan, index) => app.holdSeats(holdRequest(fan, sale.event.id, [index + 1]))),
    );
    expect(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? codeOf(outcome.value) : 'threw')),
    ).toEqual(fans.map(({ userId }) => (userId === unlucky ? 'threw' : 'OK')));
    expect(await fixture().seatStatus(sale, 8)).toBe('AVAILABLE');
  });
});

function codeOf(outcome: { ok: boolean; refusal?: { code: string } }): string {
  return outcome.refusal?.code ?? 'OK';
}

/** The status of a fan who is active. */
const active: Ports['waitingRoom']['freshStatus'] = ({ issuedAt, ...place }) => ({
  token: { ...place, issuedAt, status: 'ACTIVE', sessionExpiresAt: Infinity },
  room: UNKNOWN_ROOM,
  asOf: 0,
});

/** A unit of work that cannot add a reservation of the user. */
function failFor(unit: UnitOfWork, userId: string): UnitOfWork {
  const addHeld: UnitOfWork['reservations']['addHeld'] = (reservations, lapsedHolds, unpaidSince) =>
    reservations.some((each) => each.userId === userId)
      ? Promise.reject(new Error('on purpose'))
      : unit.reservations.addHeld(reservations, lapsedHolds, unpaidSince);
  return { ...unit, reservations: { ...unit.reservations, addHeld } };
}
