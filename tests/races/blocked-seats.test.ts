import { expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { expectOk } from '../support/operator.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 1 });
const PRICE = 100;
const ROUNDS = 20;
const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
const TAKEN = '409 SEAT_UNAVAILABLE';

type ChangedBlocks = { readonly seatCount: number };
type BlockedSeats = { readonly items: readonly { readonly number: number }[] };

/** Each call is one of another member of the staff, so that the processes share the calls. */
function change(
  eventId: string,
  seatNumbers: readonly number[],
  route: 'blocked-seats' | 'blocked-seats/release',
) {
  const body = { seatNumbers, reason: 'A camera' };
  const path = `/v1/admin/events/${eventId}/${route}`;
  return installation()
    .fan(`staff-${seatNumbers[0]}`, 'sales:write')
    .send<ChangedBlocks>('POST', path, { body });
}
const block = (eventId: string, seatNumbers: readonly number[]) =>
  change(eventId, seatNumbers, 'blocked-seats');
const release = (eventId: string, seatNumbers: readonly number[]) =>
  change(eventId, seatNumbers, 'blocked-seats/release');

async function blockedIn(eventId: string): Promise<readonly number[]> {
  const path = `/v1/admin/events/${eventId}/blocked-seats?limit=100`;
  const { items } = expectOk(await installation().admin.send<BlockedSeats>('GET', path));
  return items.map(({ number }) => number);
}

it('blocks seats or lets a fan hold them, when both want them at the same time', async () => {
  const { concertId, eventId } = await installation().openSale({ price: PRICE, seatCount: 2 * ROUNDS });
  const fans = await admitFans(installation(), { concertId }, ROUNDS);
  const answers = await Promise.all(
    fans.map(async (fan, round) => {
      const seats = [2 * round + 1, 2 * round + 2];
      const hold = async () => `held ${outcome(await fan.hold(eventId, seats))}`;
      const keepBack = async () => `blocked ${outcome(await block(eventId, seats))}`;
      const both = await Promise.all(round % 2 === 0 ? [hold(), keepBack()] : [keepBack(), hold()]);
      return both.toSorted().join(' and ');
    }),
  );
  const counts = countOccurrences(answers);
  const [held, blocked] = [`blocked ${TAKEN} and held 201`, `blocked 200 and held ${TAKEN}`];
  expect((counts[held] ?? 0) + (counts[blocked] ?? 0)).toBe(ROUNDS);
  expect(await blockedIn(eventId)).toHaveLength(2 * (counts[blocked] ?? 0));
});

it('leaves held seats to the payment of their fan, however often staff want to block them', async () => {
  const { concertId, eventId } = await installation().openSale({ price: PRICE, seatCount: ROUNDS + 1 });
  const fans = await admitFans(installation(), { concertId }, ROUNDS);
  const answers = await Promise.all(
    fans.map(async (fan, round) => {
      expectOk(await fan.charge(PRICE));
      const { id } = expectOk(await fan.hold(eventId, [round + 1]));
      // Seat `ROUNDS + 1` is free, but is blocked with the others or not at all.
      const blocks = () => [1, 2].map(() => block(eventId, [round + 1, ROUNDS + 1]));
      const all = await Promise.all([...blocks(), fan.pay(id), ...blocks()]);
      return all.map(outcome);
    }),
  );
  expect(countOccurrences(answers.flat())).toEqual({ '201': ROUNDS, [TAKEN]: 4 * ROUNDS });
  expect(await blockedIn(eventId)).toEqual([]);
});

it('ends with each seat blocked or free, when staff block and release ranges that overlap at the same time', async () => {
  const { eventId } = await installation().openSale({ price: PRICE, seatCount: 2 * ROUNDS });
  const answers = await Promise.all(
    rounds.flatMap((round) => {
      const seats = Array.from({ length: ROUNDS }, (_, index) => round + index + 1);
      return [block(eventId, seats), release(eventId, seats)];
    }),
  );
  expect(countOccurrences(answers.map(outcome))).toEqual({ '200': 2 * ROUNDS });
  const left = await blockedIn(eventId);
  const released = left.length === 0 ? { seatCount: 0 } : expectOk(await release(eventId, left));
  expect(released.seatCount).toBe(left.length);
  expect(await blockedIn(eventId)).toEqual([]);
});

it('sells a room out with its last free seats, and admits the next of the line once they are released', async () => {
  const policy = { admission: { maxActive: 1, sessionTtlMs: 600_000 } };
  const { concertId, eventId } = await installation().openSale({ price: PRICE, seatCount: 2, policy });
  const [buyer, first, second] = ['buyer', 'first', 'second'].map((name) => installation().fan(name));
  expectOk(await buyer!.join(concertId));
  await eventually(async () => expect(expectOk(await buyer!.status())).toMatchObject({ status: 'ACTIVE' }));
  for (const fan of [first!, second!]) expectOk(await fan.join(concertId));
  expectOk(await buyer!.charge(PRICE));
  const { id } = expectOk(await buyer!.hold(eventId, [1]));
  expectOk(await block(eventId, [2]));
  // Or a worker that has not counted the blocked seat yet admits a fan to it.
  await installation().changePolicy(concertId, { admission: { state: 'PAUSED' } });
  expectOk(await buyer!.pay(id));
  await eventually(async () => {
    const statuses = [expectOk(await first!.status()), expectOk(await second!.status())];
    expect(statuses).toMatchObject([
      { status: 'WAITING', room: 'SOLD_OUT', position: 1 },
      { status: 'WAITING', room: 'SOLD_OUT', position: 2 },
    ]);
  });
  await installation().changePolicy(concertId, { admission: { state: 'RUNNING' } });
  expectOk(await release(eventId, [2]));
  await eventually(async () => {
    const statuses = [expectOk(await first!.status()), expectOk(await second!.status())];
    expect(statuses).toMatchObject([
      { status: 'ACTIVE', room: 'OPEN' },
      { status: 'WAITING', position: 1 },
    ]);
  });
  expectOk(await first!.hold(eventId, [2]));
});
