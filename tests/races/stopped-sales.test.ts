import { expect, it, onTestFinished } from 'vitest';
import { admitFans, createFans } from '../support/crowd.ts';
import type { Answer } from '../support/client.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { useInstallation } from '../support/use-installation.ts';

const PAYERS = 120;
const HOLDERS = 8;
const REASON = 'The price is wrong. “Sales” resume at 21:00.';
const STOPPED = '409 SALES_STOPPED';
const REFUSALS_MAX = 3;
const installation = useInstallation({ http: 2, workers: 0 });

type Attempt = { readonly beganAt: number; readonly result: string };

/** Repeats a request of a kind until it is refused, `REFUSALS_MAX` times, because sales are stopped. */
async function repeatUntilStopped(
  attempts: Attempt[],
  send: () => Promise<Answer<{ code: string }>>,
): Promise<void> {
  for (let refusals = 0; refusals < REFUSALS_MAX;) {
    const beganAt = performance.now();
    const result = outcome(await send());
    attempts.push({ beganAt, result });
    if (result === STOPPED) refusals += 1;
  }
}

it('refuses on every process every hold and payment that begins after the stop was answered', async () => {
  const hold = { unpaidHoldsMax: null };
  const sale = await installation().openSale({ seatCount: PAYERS + HOLDERS, policy: { hold } });
  const payers = await Promise.all(
    (await admitFans(installation(), sale, PAYERS)).map(async (fan, index) => {
      expectOk(await fan.charge(1_000));
      return { fan, reservationId: expectOk(await fan.hold(sale.eventId, [index + 1])).id };
    }),
  );
  const holders = await admitFans(installation(), sale, HOLDERS);

  const payments: Attempt[] = [];
  const holds: Attempt[] = [];
  const payAt = (process: number) => () => {
    const { fan, reservationId } = payers.pop()!;
    return fan.at(process).pay(reservationId);
  };
  const holdAt = (process: number, fan: Fan, seat: number) => async () => {
    const held = await fan.at(process).hold(sale.eventId, [seat]);
    if (held.status === 201) expectOk(await fan.cancel(held.body.id));
    return held;
  };
  const running = [0, 1].flatMap((process) => [
    repeatUntilStopped(payments, payAt(process)),
    ...holders
      .filter((_, index) => index % 2 === process)
      .map((fan, index) => repeatUntilStopped(holds, holdAt(process, fan, PAYERS + 2 * index + process + 1))),
  ]);
  await eventually(() => {
    for (const attempts of [payments, holds])
      expect(countOccurrences(attempts.map(({ result }) => result))['201']).toBeGreaterThan(2);
  });
  await installation().stopSales(sale.eventId, REASON);
  const answeredAt = performance.now();
  await Promise.all(running);

  const after = [...payments, ...holds].filter(({ beganAt }) => beganAt > answeredAt);
  expect(after.length).toBeGreaterThan(0);
  expect(after.filter(({ result }) => result !== STOPPED)).toEqual([]);

  await installation().stopSales(sale.eventId, null);
  const { fan, reservationId } = payers.pop()!;
  expectOk(await fan.at(1).pay(reservationId));
});

it('shows the stop and its reason on every process: in status, stream, seat map, dates and refusals', async () => {
  const sale = await installation().openSale({ policy: { admission: { maxActive: 2 } } });
  const [first, second] = await admitFans(installation(), sale, 2);
  const [waiting] = createFans(installation(), 1);
  expectOk(await waiting!.join(sale.concertId));
  const stream = await openEventStream(installation().http[1]!.url, waiting!.ticket());
  onTestFinished(() => stream.close());
  await stream.next();

  await installation().stopSales(sale.eventId, REASON);
  const shown = { salesState: 'STOPPED', reason: REASON };
  expect((await stream.next(({ data }) => data.room === 'PAUSED')).data.reason).toBe(REASON);
  for (const [process, fan] of [first!, second!].entries()) {
    const here = fan.at(process);
    await eventually(async () =>
      expect(expectOk(await here.status())).toMatchObject({ room: 'PAUSED', reason: REASON }),
    );
    expect(expectOk(await here.seats(sale.eventId))).toMatchObject(shown);
    expect((await here.hold(sale.eventId, [1])).body).toMatchObject({
      code: 'SALES_STOPPED',
      reason: REASON,
    });
    await eventually(async () => {
      const dates = await here.send('GET', `/v1/concerts/${sale.concertId}/events`);
      expect(expectOk(dates)).toMatchObject({ items: [shown] });
    });
  }

  await installation().stopSales(sale.eventId, null);
  expect((await stream.next(({ data }) => data.room === 'OPEN')).data.reason).toBeNull();
  expectOk(await first!.hold(sale.eventId, [1]));
});
