import type { EndReason, Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { newUser, addConcertWithDate } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, usePorts, write } from '../shared/contract-support.ts';

export function describeQueueEndsContract(
  name: string,
  open: OpenPorts<'transact' | 'queueEndReads' | 'ids'>,
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
      });
      expect(await find(place)).toBeNull();
    });
  });
}
