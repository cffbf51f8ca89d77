import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import { ENDED_TOKEN_RETENTION_MS } from '@frontrow/domain/shared/limits.ts';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, newEvent, addConcertWithDate, addDate } from '../shared/contract-builders.ts';
import { type OpenPorts, usePorts, write } from '../shared/contract-support.ts';

export function describeRoomRecordsContract(
  name: string,
  open: OpenPorts<'transact' | 'roomRecords' | 'ids'>,
): void {
  describe(`RoomRecords (${name})`, () => {
    const ports = usePorts(open);
    const find = (id: string) => ports().roomRecords.find(id);

    it('has the admission policy and the booking windows of every date, and epoch 0 before the first opening', async () => {
      const { concert, event } = await addConcertWithDate(ports(), {
        admission: { batchSize: 7, maxActive: 3 },
      });
      const other = newEvent(ports(), concert, { reservationEndAt: event.reservationEndAt + HOUR_MS });
      await write(ports(), ({ concerts }) => addDate(concerts, other));
      const record = await find(concert.id);
      expect(record?.epoch).toBe(0);
      expect(record?.config.admission).toMatchObject({ state: 'RUNNING', batchSize: 7, maxActive: 3 });
      const windowOf = ({ reservationStartAt, reservationEndAt }: typeof event) => ({
        reservationStartAt,
        reservationEndAt,
      });
      expect(record?.config.windows).toHaveLength(2);
      expect(record?.config.windows).toEqual(expect.arrayContaining([windowOf(event), windowOf(other)]));
      expect(await find(ports().ids.next())).toBeNull();
    });

    it('marks the windows of dates whose sales are stopped, by a date or by the concert', async () => {
      const { concert, event } = await addConcertWithDate(ports());
      const other = newEvent(ports(), concert, { reservationEndAt: event.reservationEndAt + HOUR_MS });
      const stopsByEnd = async () => {
        const { version, windows } = (await find(concert.id))!.config;
        const byEnd = windows.toSorted((a, b) => a.reservationEndAt - b.reservationEndAt);
        return { version, stops: byEnd.map(({ stop }) => stop) };
      };
      await write(ports(), ({ concerts }) => addDate(concerts, other));
      const before = await stopsByEnd();
      const sales = { state: 'STOPPED', reason: 'A wrong price' } as const;
      await write(ports(), async ({ concerts }) => {
        await concerts.lockEvent(other.id);
        await concerts.saveEvent({ ...other, sales });
      });
      const stopped = await stopsByEnd();
      expect(stopped.stops).toEqual([undefined, { reason: 'A wrong price' }]);
      await write(ports(), async ({ concerts }) => {
        await concerts.lockConcert(concert.id);
        await concerts.saveConcert({ ...concert, sales: { state: 'STOPPED', reason: null } });
      });
      const allStopped = await stopsByEnd();
      expect(allStopped.stops).toEqual([{ reason: null }, { reason: null }]);
      expect(stopped.version).toBeGreaterThan(before.version);
      expect(allStopped.version).toBeGreaterThan(stopped.version);
    });

    it('raises the version with every date and every change of the policy', async () => {
      const { concert } = await addConcertWithDate(ports());
      const versionOf = async () => (await find(concert.id))!.config.version;
      const first = await versionOf();
      await write(ports(), ({ concerts }) => addDate(concerts, newEvent(ports(), concert)));
      const second = await versionOf();
      const { admission } = (await find(concert.id))!.config;
      await write(ports(), ({ concerts }) =>
        concerts.savePolicy(concert.id, { ...POLICY_DEFAULT, admission }),
      );
      expect(second).toBeGreaterThan(first);
      expect(await versionOf()).toBeGreaterThan(second);
    });

    it('raises the epoch only from the epoch that the caller names', async () => {
      const { concert } = await addConcertWithDate(ports());
      const raise = (from: number, to = from + 1) => ports().roomRecords.raiseEpoch(concert.id, { from, to });
      const { version } = (await find(concert.id))!.config;
      const raised = [await raise(0), await raise(0), await raise(1, 5), await raise(1), await raise(4)];
      expect(raised).toEqual([true, false, true, false, false]);
      expect(await find(concert.id)).toMatchObject({ epoch: 5, config: { version } });
    });

    it('keeps the highest watermark, and does not raise the version', async () => {
      const { concert } = await addConcertWithDate(ports());
      const before = await find(concert.id);
      expect(before?.watermark).toBe(0);
      for (const watermark of [8_191 * 2 ** 40 + 7, 8_191 * 2 ** 40 + 9, 8_191 * 2 ** 40 + 8])
        await ports().roomRecords.saveWatermark(concert.id, watermark);
      expect(await find(concert.id)).toEqual({ ...before, watermark: 8_191 * 2 ** 40 + 9 });
    });

    it('lists the concerts whose room has been opened, until the sale of every date has been over for long', async () => {
      const retention = ENDED_TOKEN_RETENTION_MS;
      const sale = async (endedForMs: number) => {
        const reservationEndAt = Date.now() - endedForMs;
        const event = { reservationStartAt: reservationEndAt - HOUR_MS, reservationEndAt };
        return (await addConcertWithDate(ports(), { event })).concert;
      };
      const [future, recent, over, again, neverOpened] = [
        await sale(-HOUR_MS),
        await sale(retention - 60_000),
        await sale(retention + 60_000),
        await sale(retention + 60_000),
        await sale(-HOUR_MS),
      ];
      await write(ports(), ({ concerts }) => addDate(concerts, newEvent(ports(), again)));
      await write(ports(), ({ concerts }) => addDate(concerts, newEvent(ports(), again)));
      for (const { id } of [future, recent, over, again])
        await ports().roomRecords.raiseEpoch(id, { from: 0, to: 1 });
      await ports().roomRecords.saveWatermark(neverOpened.id, 0);
      const opened = await ports().roomRecords.listOpened();
      const ids = [future, recent, over, again, neverOpened].map(({ id }) => id);
      expect(opened.filter((id) => ids.includes(id)).toSorted()).toEqual(
        [future.id, recent.id, again.id].toSorted(),
      );
    });

    it.each([0, 1])('raises the epoch from %i for one of many requests at once', async (from) => {
      const { concert } = await addConcertWithDate(ports());
      const { roomRecords } = ports();
      if (from > 0) await roomRecords.raiseEpoch(concert.id, { from: 0, to: from });
      const raise = () => roomRecords.raiseEpoch(concert.id, { from, to: from + 1 });
      const raising = Array.from({ length: 10 }, raise);
      expect((await Promise.all(raising)).filter(Boolean)).toHaveLength(1);
    });
  });
}
