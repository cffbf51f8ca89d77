import type { RowDataPacket } from 'mysql2/promise';
import { afterEach, expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { countOccurrences } from '../support/outcomes.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 1, workers: 0 });
afterEach(async () => {
  const [, ...holders] = installation().http;
  await Promise.all(holders.map((process) => process.kill('SIGKILL')));
});

it('keeps every acknowledged hold when its process is killed, and holds once for repeated requests', async () => {
  const sale = await installation().openSale({ seatCount: 180 });
  const fans = await admitFans(installation(), sale, 180);
  const holders = await Promise.all(Array.from({ length: 3 }, () => installation().startHttp()));
  const fates: string[] = [];
  for (const [round, holder] of holders.entries()) {
    const process = installation().http.indexOf(holder);
    let acknowledged = 0;
    const holdTwice = async (index: number) => {
      const fan = fans[index]!;
      const holdAt = (at: number) => fan.at(at).hold(sale.eventId, [index + 1], 'hold');
      const first = await holdAt(process).catch(() => null);
      if (first !== null && ++acknowledged === 5 * (round + 1)) await holder.kill('SIGKILL');
      const second = await holdAt(0);
      expect(second.status).toBe(201);
      expect(second.body).toEqual(first?.body ?? second.body);
      const isReplay = second.headers['idempotent-replayed'] === 'true';
      fates.push(
        first === null ? (isReplay ? 'unacknowledged' : 'rolled back') : isReplay ? 'acknowledged' : 'lost',
      );
    };
    await Promise.all(Array.from({ length: 60 }, (_, index) => holdTwice(60 * round + index)));
  }
  expect(fates).toHaveLength(180);
  expect(countOccurrences(fates)['lost']).toBeUndefined();
  expect(countOccurrences(fates)['acknowledged']).toBeGreaterThanOrEqual(30);
  const [rows] = await installation().db.query<RowDataPacket[]>(
    `select count(*) as held, count(distinct reservation_id) as owners from seat
     where concert_event_id = ? and status = 'HELD'`,
    [sale.eventId],
  );
  expect(rows).toEqual([{ held: 180, owners: 180 }]);
});
