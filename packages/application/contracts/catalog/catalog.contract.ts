import { uniformSeats } from '@frontrow/domain/halls/new-seats.ts';
import type { Visibility } from '@frontrow/domain/catalog/concert.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import { MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import { describe, expect, it } from 'vitest';
import { ALL_EVENTS, type ConcertDates, type EventSelection } from '../../src/ports/catalog/catalog.ts';
import {
  HOUR_MS,
  addConcertWithDate,
  mustHold,
  newConcert,
  newEvent,
  newUser,
  addDate,
} from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, listAll, usePorts, write } from '../shared/contract-support.ts';

type CatalogPorts = 'transact' | 'catalog' | 'policies' | 'seatReads' | 'ids';

export function describeCatalogContract(name: string, open: OpenPorts<CatalogPorts>): void {
  describe(`Concerts, Catalog and PolicyReads (${name})`, () => {
    const ports = usePorts(open);
    const listEvents = (
      concertId: ConcertId,
      { limit = 100, ...selection }: Partial<EventSelection> & { limit?: number } = {},
    ) =>
      listAll((page) => ports().catalog.listEvents(concertId, page, { ...ALL_EVENTS, ...selection }), limit);

    it('finds a concert, its policy and its events as they were added', async () => {
      const concert = { ...newConcert(ports()), title: '봄날 “Live” 🎤', description: '' };
      const event = newEvent(ports(), concert, { price: MONEY_MAX, seatCount: 3 });
      expect(await ports().catalog.findConcert(concert.id)).toBeNull();
      await write(ports(), async ({ concerts }) => {
        await concerts.add(concert, POLICY_DEFAULT);
        await addDate(concerts, event);
      });
      expect(await ports().catalog.findConcert(concert.id)).toEqual(concert);
      expect(await ports().policies.find(concert.id)).toEqual(POLICY_DEFAULT);
      expect(await ports().catalog.findEvent(event.id)).toEqual(event);
      expect(await listEvents(concert.id)).toEqual([event]);
      expect((await ports().seatReads.list(event.id, [])).seats).toHaveLength(3);
    });

    it('finds nothing for unknown ids', async () => {
      const id = ports().ids.next();
      expect(await ports().catalog.findConcert(id)).toBeNull();
      expect(await ports().catalog.findEvent(id)).toBeNull();
      expect(await listEvents(id)).toEqual([]);
      expect(await ports().catalog.findJoinRules(id)).toBeNull();
      expect(await ports().policies.find(id)).toBeNull();
      expect(await write(ports(), ({ concerts }) => concerts.lockPolicy(id))).toBeNull();
    });

    it('lists the events of one concert by their start', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      await addConcertWithDate(ports());
      const dates = [3, 1, 2].map((days) =>
        newEvent(ports(), concert, { startsAt: event.startsAt + days * 24 * HOUR_MS }),
      );
      await write(ports(), async ({ concerts }) => {
        for (const date of dates) await addDate(concerts, date);
      });
      const inOrder = [event, dates[1], dates[2], dates[0]];
      expect(await listEvents(concert.id)).toEqual(inOrder);
      expect(await listEvents(concert.id, { limit: 1 })).toEqual(inOrder);
    });

    it('lists events that start together by their ids, a page at a time', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const others = [1, 2, 3, 4].map(() => newEvent(ports(), concert, { startsAt: event.startsAt }));
      await write(ports(), async ({ concerts }) => {
        for (const date of others.toReversed()) await addDate(concerts, date);
      });
      expect(await listEvents(concert.id, { limit: 2 })).toEqual([event, ...others]);
    });

    it('lists the events that start in a range, in either order, a page at a time', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const { startsAt } = event;
      const [later, last] = [1, 2].map((hours) =>
        newEvent(ports(), concert, { startsAt: startsAt + hours * HOUR_MS }),
      ) as [typeof event, typeof event];
      const second = newEvent(ports(), concert, { startsAt: later.startsAt });
      await write(ports(), async ({ concerts }) => {
        for (const date of [second, last, later]) await addDate(concerts, date);
      });
      const latestFirst = [last, second, later, event];
      for (const limit of [1, 2, 100])
        expect(await listEvents(concert.id, { order: 'LATEST_FIRST', limit })).toEqual(latestFirst);
      const range = { startsFrom: startsAt + 1, startsBefore: last.startsAt };
      expect(await listEvents(concert.id, range)).toEqual([later, second]);
      expect(await listEvents(concert.id, { ...range, order: 'LATEST_FIRST', limit: 1 })).toEqual([
        second,
        later,
      ]);
      expect(await listEvents(concert.id, { startsFrom: startsAt, startsBefore: startsAt })).toEqual([]);
      expect(await listEvents(concert.id, { startsFrom: last.startsAt })).toEqual([last]);
    });

    it('lists the events that sell at any moment of a range, and finds when the last of all ends selling', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const { reservationStartAt: start, reservationEndAt: end } = event;
      const later = newEvent(ports(), concert, {
        startsAt: event.startsAt + HOUR_MS,
        reservationStartAt: end,
        reservationEndAt: end + HOUR_MS,
      });
      await write(ports(), ({ concerts }) => addDate(concerts, later));
      const selling = (from: number, until: number) => listEvents(concert.id, { selling: { from, until } });
      expect(await selling(start - HOUR_MS, start)).toEqual([]);
      expect(await selling(start - HOUR_MS, start + 1)).toEqual([event]);
      expect(await selling(end - 1, end)).toEqual([event]);
      expect(await selling(end - 1, end + 1)).toEqual([event, later]);
      expect(await selling(end, end + 1)).toEqual([later]);
      expect(await selling(end + HOUR_MS, end + 2 * HOUR_MS)).toEqual([]);
      expect(await ports().catalog.findJoinRules(concert.id)).toEqual({
        salesEndAt: end + HOUR_MS,
        presale: null,
      });
    });

    it.each(['', 'x', 'no-such-id', `${'9'.repeat(15)}:a`])(
      'lists nothing after the cursor "%s"',
      async (cursor) => {
        const { concert } = await addConcertWithDate(ports());
        const page = await ports().catalog.listEvents(concert.id, { limit: 2, cursor }, ALL_EVENTS);
        expect(page).toEqual({ items: [], nextCursor: null });
      },
    );

    it('lists concerts oldest first, a page at a time', async () => {
      const added: string[] = [];
      for (let i = 0; i < 5; i += 1) added.push((await addConcertWithDate(ports())).concert.id);
      const listed = await listAll((page) => ports().catalog.listConcerts(page, null), 2);
      expect(listed.map(({ id }) => id).filter((id) => added.includes(id))).toEqual(added);
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
    });

    it('lists the concerts with such dates, a page at a time', async () => {
      const { concert: selling, event } = await addConcertWithDate(ports());
      const { concert: opens } = await addConcertWithDate(ports(), {
        event: { reservationStartAt: event.reservationEndAt, reservationEndAt: event.startsAt },
      });
      const { concert: cancelled, event: date } = await addConcertWithDate(ports());
      const sales = { state: 'CANCELLED', reason: 'The singer is ill' } as const;
      await write(ports(), ({ concerts }) => concerts.saveEvent({ ...date, sales }));
      const { concert: later, event: last } = await addConcertWithDate(ports(), {
        event: { startsAt: event.startsAt + HOUR_MS },
      });
      const empty = newConcert(ports());
      await write(ports(), ({ concerts }) => concerts.add(empty, POLICY_DEFAULT));
      const own = [selling, opens, cancelled, later, empty].map(({ id }) => id);
      const list = async (dates: ConcertDates) => {
        const listed = await listAll((page) => ports().catalog.listConcerts(page, 'PUBLISHED', dates), 2);
        return listed.map(({ id }) => id).filter((id) => own.includes(id));
      };
      const range = { from: event.reservationEndAt - 2, until: event.reservationEndAt - 1 };
      expect(await list({ kind: 'UPCOMING', from: event.startsAt })).toEqual(
        [selling, opens, later].map(({ id }) => id),
      );
      expect(await list({ kind: 'UPCOMING', from: last.startsAt })).toEqual([later.id]);
      expect(await list({ kind: 'NONE_UPCOMING', from: last.startsAt })).toEqual(
        [selling, opens, cancelled, empty].map(({ id }) => id),
      );
      expect(await list({ kind: 'SELLING', range })).toEqual([selling, later].map(({ id }) => id));
    });

    it('adds all the seats of a large event', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { seatCount: 5_000 } });
      const { seats } = await ports().seatReads.list(event.id, []);
      expect(seats.map(({ number }) => number)).toEqual(Array.from({ length: 5_000 }, (_, i) => i + 1));
    });

    it('replaces the facts of a locked concert and of a locked event, and of no other', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const other = newEvent(ports(), concert, { startsAt: event.startsAt + HOUR_MS });
      await write(ports(), ({ concerts }) => addDate(concerts, other));
      const sales = { state: 'STOPPED', reason: '가격 “오류”' } as const;
      const changedConcert = { ...concert, title: 'Another', artist: 'Others', description: '', sales };
      const changedEvent = {
        ...event,
        venue: 'Elsewhere',
        startsAt: event.startsAt + 2 * HOUR_MS,
        reservationStartAt: event.reservationStartAt + 1,
        reservationEndAt: event.reservationEndAt + 2,
        refundUntil: event.refundUntil + 3,
        accessibleReleaseAt: event.reservationStartAt + 4,
        price: 1,
        sales,
      };
      await write(ports(), async ({ concerts }) => {
        expect(await concerts.lockConcert(concert.id)).toEqual(concert);
        await concerts.saveConcert(changedConcert);
        expect(await concerts.lockEvent(event.id)).toEqual(event);
        await concerts.saveEvent(changedEvent);
      });
      expect(await ports().catalog.findConcert(concert.id)).toEqual(changedConcert);
      expect(await listEvents(concert.id)).toEqual([other, changedEvent]);
      expect(await ports().policies.find(concert.id)).toEqual(POLICY_DEFAULT);
      await write(ports(), async ({ concerts }) => {
        expect(await concerts.lockConcert(ports().ids.next())).toBeNull();
        expect(await concerts.lockEvent(ports().ids.next())).toBeNull();
      });
    });

    it('lists the concerts of one visibility or all, and has a sales end only while PUBLISHED', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const isListed = async (visibility: Visibility | null) => {
        const listed = await listAll((page) => ports().catalog.listConcerts(page, visibility), 100);
        return listed.some(({ id }) => id === concert.id);
      };
      expect(await Promise.all([isListed('PUBLISHED'), isListed('DRAFT'), isListed(null)])).toEqual([
        true,
        false,
        true,
      ]);
      await write(ports(), ({ concerts }) => concerts.saveConcert({ ...concert, visibility: 'DRAFT' }));
      expect(await Promise.all([isListed('PUBLISHED'), isListed('DRAFT'), isListed(null)])).toEqual([
        false,
        true,
        true,
      ]);
      expect(await ports().catalog.findJoinRules(concert.id)).toBeNull();
      expect((await ports().catalog.findEvent(event.id))?.id).toBe(event.id);
      const found = await write(ports(), ({ seats }) => seats.findHoldContext(event.id, ['a fan']));
      expect(found.onSale).toBeNull();
      expect((await ports().seatReads.list(event.id, [])).asOf).toBeNull();
      expect(await ports().seatReads.readStates(event.id, [])).toBeNull();
      expect((await ports().seatReads.readStatesForStaff(event.id))?.letters).toHaveLength(event.seatCount);
    });

    it('adds seats and prices them anew', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { seatCount: 2, price: 100 } });
      const larger = { ...event, seatCount: 4, price: 300 };
      await write(ports(), async ({ concerts }) => {
        await concerts.saveEvent(larger);
        await concerts.repriceSeats({ ...event, price: 200 });
        await concerts.arrangeSeats(event.id, uniformSeats(larger, 2));
      });
      const { seats } = await ports().seatReads.list(event.id, []);
      expect(seats.map(({ number, price }) => [number, price])).toEqual([
        [1, 200],
        [2, 200],
        [3, 300],
        [4, 300],
      ]);
    });

    it('knows whether a concert has an event at a venue and a time', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const has = (facts: object) =>
        write(ports(), ({ concerts }) => concerts.hasEventAt({ ...event, ...facts }));
      expect(await has({})).toBe(true);
      expect(await has({ venue: 'Elsewhere' })).toBe(false);
      expect(await has({ startsAt: event.startsAt + 1 })).toBe(false);
      expect(await has({ concertId: `${concert.id}x` })).toBe(false);
    });

    it('removes an event, or a concert with its events, none of whose seats was ever held', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const other = newEvent(ports(), concert);
      await write(ports(), ({ concerts }) => addDate(concerts, other));
      const held = await addConcertWithDate(ports());
      await mustHold(ports(), held, { userId: newUser(ports()), seatNumbers: [1], ttlMs: 1 });
      const outcomes = await write(ports(), async ({ concerts }) => [
        await concerts.removeEvent(other),
        await concerts.removeConcert(concert.id),
      ]);
      expect(outcomes).toEqual([true, true]);
      for (const each of [event, other]) {
        expect(await ports().catalog.findEvent(each.id)).toBeNull();
        expect((await ports().seatReads.list(each.id, [])).seats).toEqual([]);
      }
      expect(await ports().catalog.findConcert(concert.id)).toBeNull();
      await ports().transact(async ({ concerts }) => {
        expect(await concerts.removeEvent(held.event)).toBe(false);
        return REFUSED;
      }, 'STAFF');
      expect((await ports().seatReads.list(held.event.id, [])).seats).toHaveLength(held.event.seatCount);
    });

    it('replaces the whole policy, nulls included', async () => {
      const { concert } = await addConcertWithDate(ports());
      const admission: AdmissionPolicy = {
        state: 'PAUSED',
        reason: 'Nachher “weiter”',
        batchSize: 7,
        intervalMs: 100,
        shape: 'smooth',
        maxActive: 9,
        sellableFactor: 1.5,
        sessionTtlMs: 101,
        claimTtlMs: 102,
        parkRetentionMs: 103,
        recoveryGraceMs: 104,
      };
      const limits = { seatsPerUserMax: 8, unpaidHoldsMax: null, coolDownMs: 106 };
      const hall = { orphans: 'refuse', companionSeatsMax: 3, accessibleHoldTtlMs: 107 } as const;
      const hold = { ttlMs: 105, maxExtensions: 0, maxSeatsPerReservation: 50, ...limits, ...hall };
      const changed = { admission, hold, presale: { publicStartAt: 107 } };
      for (const policy of [changed, POLICY_DEFAULT]) {
        await write(ports(), async ({ concerts }) => {
          await concerts.lockPolicy(concert.id);
          await concerts.savePolicy(concert.id, policy);
        });
        expect(await ports().policies.find(concert.id)).toEqual(policy);
        expect((await ports().catalog.findJoinRules(concert.id))?.presale).toEqual(policy.presale);
        expect(await write(ports(), ({ concerts }) => concerts.lockPolicy(concert.id))).toEqual(policy);
      }
    });

    it('loses none of many concurrent changes to a policy', async () => {
      const { concert } = await addConcertWithDate(ports(), { admission: { batchSize: 1 } });
      const raise = () =>
        write(ports(), async ({ concerts }) => {
          const policy = (await concerts.lockPolicy(concert.id))!;
          const batchSize = policy.admission.batchSize + 1;
          await concerts.savePolicy(concert.id, { ...policy, admission: { ...policy.admission, batchSize } });
        });
      await Promise.all(Array.from({ length: 10 }, raise));
      expect((await ports().policies.find(concert.id))?.admission.batchSize).toBe(11);
    });

    it('stores nothing of a rolled-back transaction', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const [other, date] = [newConcert(ports()), newEvent(ports(), concert)];
      await ports().transact(async ({ concerts }) => {
        await concerts.add(other, POLICY_DEFAULT);
        await addDate(concerts, date);
        await concerts.savePolicy(concert.id, {
          ...POLICY_DEFAULT,
          hold: { ...POLICY_DEFAULT.hold, ttlMs: 999 },
        });
        return REFUSED;
      }, 'STAFF');
      expect(await ports().catalog.findConcert(other.id)).toBeNull();
      expect(await listEvents(concert.id)).toEqual([event]);
      expect((await ports().seatReads.list(date.id, [])).seats).toEqual([]);
      expect(await ports().policies.find(concert.id)).toEqual(POLICY_DEFAULT);
    });
  });
}
