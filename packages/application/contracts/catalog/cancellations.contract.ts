import { describe, expect, it } from 'vitest';
import { addConcertWithDate, mustHold, newUser } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, usePorts, write } from '../shared/contract-support.ts';

const REASON = '취소 “ill”';
const PAST = -1_000;
const LONG_MS = 60_000;

export function describeCancellationsContract(
  name: string,
  open: OpenPorts<'transact' | 'cancellationReads' | 'catalog' | 'roomRecords' | 'inventoryReads' | 'ids'>,
): void {
  describe(`Cancellations (${name})`, () => {
    const ports = usePorts(open);
    const reads = () => ports().cancellationReads;
    const finish = (eventId: string, settlesMs: number) =>
      write(ports(), ({ cancellations }) => cancellations.finish(eventId, settlesMs));

    async function cancelled() {
      const onSale = await addConcertWithDate(ports());
      const cancellation = { eventId: onSale.event.id, actor: 'an organiser', reason: REASON };
      const cancel = () =>
        write(ports(), async ({ concerts, cancellations }) => {
          const sales = { state: 'CANCELLED', reason: REASON } as const;
          await concerts.saveEvent({ ...onSale.event, sales });
          await cancellations.add(cancellation);
        });
      return { ...onSale, cancellation, cancel };
    }

    it('finds an added cancellation without a reservation, and none of another date', async () => {
      const { event, cancellation, cancel } = await cancelled();
      expect(await reads().find(event.id)).toBeNull();
      await cancel();
      const found = await reads().find(event.id);
      expect(found).toMatchObject({ ...cancellation, refunded: 0, remaining: 0, finishedAt: null });
      expect(Math.abs(found!.cancelledAt - Date.now())).toBeLessThan(LONG_MS);
      expect(await reads().listUnfinished(1_000)).toContainEqual(cancellation);
    });

    it('throws for a second cancellation of a date, and adds nothing of a rolled-back transaction', async () => {
      const { event, cancellation, cancel } = await cancelled();
      await ports().transact(async ({ cancellations }) => {
        await cancellations.add(cancellation);
        return REFUSED;
      }, 'STAFF');
      expect(await reads().find(event.id)).toBeNull();
      await cancel();
      await expect(cancel()).rejects.toBeInstanceOf(Error);
    });

    it('lists the open reservations of the date by status, a part at a time', async () => {
      const { cancel, ...onSale } = await cancelled();
      const ids: string[] = [];
      for (const seat of [1, 2, 3]) {
        const held = await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [seat] });
        ids.push(held.id);
      }
      await mustHold(ports(), await addConcertWithDate(ports()), { userId: 'another', seatNumbers: [1] });
      await cancel();
      const query = { eventId: onSale.event.id, status: 'HELD', limit: 2 } as const;
      expect(await reads().listOpen({ ...query, after: null })).toEqual(ids.slice(0, 2));
      expect(await reads().listOpen({ ...query, after: ids[1]! })).toEqual(ids.slice(2));
      expect(await reads().listOpen({ ...query, status: 'CONFIRMED', after: null })).toEqual([]);
    });

    it('finishes once, after the time to settle and without an open reservation', async () => {
      const { cancel, ...onSale } = await cancelled();
      const { event, cancellation } = onSale;
      const held = await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers: [1] });
      await cancel();
      await finish(event.id, PAST);
      expect((await reads().find(event.id))?.finishedAt).toBeNull();
      await write(ports(), ({ reservations }) => reservations.save({ ...held, status: 'CANCELLED' }));
      await finish(event.id, LONG_MS);
      expect((await reads().find(event.id))?.finishedAt).toBeNull();
      await finish(event.id, PAST);
      const { finishedAt } = (await reads().find(event.id))!;
      expect(finishedAt).not.toBeNull();
      await finish(event.id, PAST);
      expect((await reads().find(event.id))?.finishedAt).toBe(finishedAt);
      expect(await reads().listUnfinished(1_000)).not.toContainEqual(cancellation);
    });

    it('ends the sales of the date in the catalog and in the room, and counts none of its seats', async () => {
      const { concert, event, cancel } = await cancelled();
      await cancel();
      const { cancelledAt } = (await reads().find(event.id))!;
      expect(await ports().catalog.findJoinRules(concert.id)).toMatchObject({ salesEndAt: cancelledAt });
      const record = await ports().roomRecords.find(concert.id);
      expect(record?.config.windows).toEqual([
        { reservationStartAt: event.reservationStartAt, reservationEndAt: cancelledAt },
      ]);
      expect(await ports().inventoryReads.count(concert.id)).toMatchObject({ sellable: 0, dates: [] });
      expect((await ports().catalog.findEvent(event.id))?.sales).toEqual({
        state: 'CANCELLED',
        reason: REASON,
      });
    });
  });
}
