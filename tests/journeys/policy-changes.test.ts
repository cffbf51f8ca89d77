import { expect, it } from 'vitest';
import { admitFan, admitFans, createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 1 });

it('every process applies a changed hold policy to new holds, and not to existing ones', async () => {
  const sale = await installation().openSale({ policy: { hold: { ttlMs: 600_000 } } });
  const fans = await admitFans(installation(), sale, 3);
  const before = expectOk(await fans[2]!.hold(sale.eventId, [3]));
  await installation().changePolicy(sale.concertId, { hold: { ttlMs: 90_000, maxSeatsPerReservation: 1 } });
  for (const process of [0, 1]) {
    const fan = fans[process]!.at(process);
    expect((await fan.hold(sale.eventId, [10, 11])).body.code).toBe('TOO_MANY_SEATS');
    const held = expectOk(await fan.hold(sale.eventId, [1 + process]));
    expect(Date.parse(held.holdExpiresAt) - Date.parse(held.createdAt)).toBe(90_000);
  }
  expect(expectOk(await fans[2]!.reservation(before.id))).toEqual(before);
});

it('every process pauses and resumes admission, both on joining and by the tick', async () => {
  const { concertId } = await installation().openSale({ policy: { admission: { intervalMs: 100 } } });
  const early = await admitFan(installation(), { concertId });
  await installation().changePolicy(concertId, { admission: { state: 'PAUSED' } });
  const late = createFans(installation(), 2);
  for (const process of [0, 1]) {
    const joined = expectOk(await late[process]!.at(process).join(concertId));
    expect(joined).toMatchObject({ status: 'WAITING', room: 'PAUSED', position: process + 1 });
    await expectRoomState(early.at(process), 'PAUSED');
  }
  expect(expectOk(await early.status()).status).toBe('ACTIVE');

  await installation().changePolicy(concertId, { admission: { state: 'RUNNING' } });
  for (const process of [0, 1]) await expectRoomState(early.at(process), 'OPEN');
  for (const fan of late)
    await eventually(async () => expect(expectOk(await fan.status()).status).toBe('ACTIVE'));
});

it('a changed batch size applies to the open admission window', async () => {
  const admission = { batchSize: 5, intervalMs: 600_000 };
  const { concertId } = await installation().openSale({ policy: { admission } });
  const crowd = createFans(installation(), 12);
  for (const fan of crowd) expectOk(await fan.join(concertId));
  expect(await installation().room(concertId)).toMatchObject({ active: 5, waiting: 7 });
  await installation().changePolicy(concertId, { admission: { batchSize: 8 } });
  await eventually(async () =>
    expect(await installation().room(concertId)).toMatchObject({ active: 8, waiting: 4 }),
  );
  for (const process of [0, 1])
    await eventually(async () =>
      expect(expectOk(await crowd[8]!.at(process).status())).toMatchObject({
        status: 'WAITING',
        position: 1,
      }),
    );
});

function expectRoomState(fan: Fan, room: string): Promise<void> {
  return eventually(async () => expect(expectOk(await fan.status()).room).toBe(room));
}
