import { beforeAll, expect, it } from 'vitest';
import { openRealEnvironment } from '../support/environments.ts';
import { unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { writeSection } from './report/section.ts';
import { shardsTouchedBy } from './shards-touched.ts';

const fixture = useSaleFixture(() => openRealEnvironment());
/** So many pairs of a concert and a user that every pair of shards comes up. */
const PAIRS = 12;
const touched = new Map<string, Set<string>>();

/** Runs `work`, and notes which shards it touched. */
async function note(step: string, work: () => Promise<unknown>): Promise<readonly string[]> {
  const shards = await shardsTouchedBy(work);
  const seen = touched.get(step) ?? new Set();
  touched.set(step, seen.add(shards.map((shard) => shard.split('/')[0]).join(' + ')));
  return shards;
}

async function playSale(): Promise<void> {
  const { app, ...steps } = fixture();
  const sale = await steps.openSale();
  const fan = await steps.join(sale);
  const { userId } = fan;
  const account = await note('charge', () => steps.charge(userId, 1_000));
  const seats = await note('seat list', () => app.listSeats({ eventId: sale.event.id, ticket: fan.ticket }));
  const ids: string[] = [];
  await note('hold', async () => ids.push(unwrap(await steps.hold(fan, sale, [1])).value.id));
  const reservationId = ids[0]!;
  await note('extension', () => app.extendHold({ userId, reservationId, request: steps.newRequest(userId) }));
  await note('cancellation', () => app.cancelReservation({ userId, reservationId }));
  const second = unwrap(await steps.hold(fan, sale, [2])).value;
  const both = await note('payment', async () => unwrap(await steps.pay(userId, second.id)));
  expect(both.toSorted()).toEqual([...account, ...seats].toSorted());
}

beforeAll(async () => {
  for (let pair = 0; pair < PAIRS; pair += 1) await playSale();
});

it('a charge touches one shard of accounts; a seat list, hold, extension and cancellation one of sales; a payment one of each', async () => {
  expect(Object.fromEntries([...touched].map(([step, keyspaces]) => [step, [...keyspaces]]))).toEqual({
    charge: ['accounts'],
    'seat list': ['sales'],
    hold: ['sales'],
    extension: ['sales'],
    cancellation: ['sales'],
    payment: ['sales + accounts'],
  });
  await writeSection(
    '1-shards',
    [
      '## Shards of each step',
      '',
      `Counted by the vttablets, for ${PAIRS} pairs of a concert and a user.`,
      '',
      '| step | shards |',
      '| --- | --- |',
      ...[...touched].map(
        ([step, keyspaces]) =>
          `| ${step} | one of ${[...keyspaces].join(' or ').replace(' + ', ', one of ')} |`,
      ),
    ].join('\n'),
  );
});
