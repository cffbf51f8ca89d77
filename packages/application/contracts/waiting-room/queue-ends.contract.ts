import type { QueueEnd } from '../../src/ports/waiting-room/queue-ends.ts';
import type { EndReason, Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, addConcertWithDate, newUser } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, eventually, usePorts, write } from '../shared/contract-support.ts';

/** Needs a database of its own, because it purges every end. */
export function describeQueueEndsContract(
  name: string,
  open: OpenPorts<'transact' | 'queueEndReads' | 'queueEndPurge' | 'ids'>,
): void {
  describe(`QueueEnds (${name})`, () => {
    const ports = usePorts(open);

    async function newPlace(sequence = 2 ** 40 + 1): Promise<Place> {
      const { concert } = await addConcertWithDate(ports());
      return { concertId: concert.id, userId: newUser(ports()), sequence };
    }
    const add = (place: Place, reason: EndReason) =>
      write(ports(), ({ queueEnds }) => queueEnds.add({ ...place, reason }));
    const find = (place: Place) => ports().queueEndReads.find(place);

    it.each(['COMPLETED', 'LEFT', 'EXPIRED'] as const)(
      'remembers an end for the reason %s',
      async (reason) => {
        const place = await newPlace();
        expect(await find(place)).toBeNull();
        await add(place, reason);
        expect(await find(place)).toBe(reason);
        expect(await write(ports(), ({ queueEnds }) => queueEnds.find(place))).toBe(reason);
      },
    );

    it('sees its own write inside the transaction', async () => {
      const place = await newPlace();
      const seen = await write(ports(), async ({ queueEnds }) => {
        await queueEnds.add({ ...place, reason: 'LEFT' });
        return queueEnds.find(place);
      });
      expect(seen).toBe('LEFT');
    });

    it('keeps the first reason', async () => {
      const place = await newPlace();
      await add(place, 'COMPLETED');
      await add(place, 'LEFT');
      expect(await find(place)).toBe('COMPLETED');
    });

    it('remembers many ends at once, and keeps the first reason of each', async () => {
      const place = await newPlace();
      const places = [3, 1, 2].map((count) => ({ ...place, sequence: place.sequence + count }));
      await add(places[1]!, 'LEFT');
      const ends = places.map((each) => ({ ...each, reason: 'EXPIRED' as const }));
      await write(ports(), ({ queueEnds }) => queueEnds.addAll(ends));
      expect(await Promise.all(places.map(find))).toEqual(['EXPIRED', 'LEFT', 'EXPIRED']);
      await write(ports(), ({ queueEnds }) => queueEnds.addAll([]));
    });

    it('accepts the same end from many requests at once', async () => {
      const place = await newPlace();
      await Promise.all(Array.from({ length: 10 }, () => add(place, 'LEFT')));
      expect(await find(place)).toBe('LEFT');
    });

    it('ends one place, and none of a later sequence, another user or another concert', async () => {
      const place = await newPlace(8_191 * 2 ** 40 + 2 ** 40 - 2);
      await add(place, 'COMPLETED');
      expect(await find({ ...place, sequence: place.sequence + 1 })).toBeNull();
      expect(await find({ ...place, userId: newUser(ports()) })).toBeNull();
      expect(await find({ ...place, userId: place.userId.toUpperCase() })).toBeNull();
      expect(
        await find({ ...(await newPlace()), userId: place.userId, sequence: place.sequence }),
      ).toBeNull();
      expect(await find(place)).toBe('COMPLETED');
    });

    it('has no end that was rolled back', async () => {
      const place = await newPlace();
      await ports().transact(async ({ queueEnds }) => {
        await queueEnds.add({ ...place, reason: 'LEFT' });
        return REFUSED;
      }, 'STAFF');
      expect(await find(place)).toBeNull();
    });

    it('lists the recent ends of a concert, each once, the oldest first', async () => {
      const place = await newPlace();
      const ends = Array.from({ length: 2_500 }, (_, index) => ({
        ...place,
        sequence: place.sequence + index,
        reason: 'LEFT' as const,
      }));
      await write(ports(), ({ queueEnds }) => queueEnds.addAll(ends.slice(0, 2_000)));
      await write(ports(), ({ queueEnds }) => queueEnds.addAll(ends.slice(2_000)));
      await add(await newPlace(), 'LEFT');
      const listed: QueueEnd[] = [];
      for await (const page of ports().queueEndReads.listRecent(place.concertId, HOUR_MS))
        listed.push(...page);
      expect(listed.map(({ userId, sequence, reason }) => ({ userId, sequence, reason }))).toEqual(
        ends.map(({ userId, sequence, reason }) => ({ userId, sequence, reason })),
      );
    });

    it('lists no end that is older than asked', async () => {
      const place = await newPlace();
      await add(place, 'LEFT');
      await eventually(async () => {
        for await (const page of ports().queueEndReads.listRecent(place.concertId, 50))
          expect(page).toEqual([]);
      });
    });

    it('purges ends older than the given age, a batch at a time', async () => {
      const place = await newPlace();
      for (const count of [1, 2, 3]) await add({ ...place, sequence: place.sequence + count }, 'LEFT');
      expect(await ports().queueEndPurge.purge(HOUR_MS, 100)).toBe(0);
      await eventually(async () => expect(await ports().queueEndPurge.purge(50, 2)).toBe(2));
      await eventually(async () => {
        await ports().queueEndPurge.purge(50, 10_000);
        for (const count of [1, 2, 3])
          expect(await find({ ...place, sequence: place.sequence + count })).toBeNull();
      });
    });
  });
}
