import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { drawHall } from '../support/halls.ts';
import { expectOk } from '../support/operator.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 0 });
const ROUNDS = 12;
const FANS = 60;
const POLICY = { hold: { unpaidHoldsMax: null } };
type Changed = { layoutVersion: number; seatCount: number; price: number };
type Shown = { version: number; sections: { rows: { label: string }[] }[] };

const staffAt = (process: number) => installation().admin.at(process % 2);
const pathOf = (eventId: string) => `/v1/admin/events/${eventId}`;
const replace = (staff: Fan, eventId: string, layout: Layout, ifMatch = '*') =>
  staff.send<Changed>('PUT', `${pathOf(eventId)}/layout`, { headers: { 'if-match': ifMatch }, body: layout });
const reprice = (staff: Fan, eventId: string, price: number, ifMatch = '*') =>
  staff.send<Changed>('PATCH', `${pathOf(eventId)}/categories/front`, {
    headers: { 'if-match': ifMatch },
    body: { price },
  });
const etagOf = async (eventId: string) => {
  const answer = await staffAt(0).send<Changed>('GET', pathOf(eventId));
  expectOk(answer);
  return String(answer.headers['etag']);
};

/** A hall of `rowCount` rows with ten seats, and the price of all of them. */
function hallOf(rowCount: number, price: number): Layout {
  const hall = drawHall({ Stalls: Array.from({ length: rowCount }, () => '.'.repeat(10)) });
  return { ...hall, categories: hall.categories.map((category) => ({ ...category, price })) };
}

/** The layout, whose seat with this number has another label. */
function withLabel(layout: Layout, number: number, label: string): Layout {
  let last = 0;
  const sections = layout.sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => ({
      ...row,
      seats: row.seats.map((seat) => ((last += 1) === number ? { ...seat, label } : seat)),
    })),
  }));
  return { ...layout, sections };
}

it('lets a fan pay the price of the hold, whatever staff at two processes do to the layout meanwhile', async () => {
  const { concertId, eventId } = await installation().openSale({ layout: hallOf(6, 1_000), policy: POLICY });
  const [watcher, ...fans] = await admitFans(installation(), { concertId }, FANS + 1);
  const sale = { isOver: false };
  const prices = new Set([1_000]);
  const editAt = async (process: number) => {
    for (let round = 1; !sale.isOver || round <= 3; round += 1) {
      const price = 1_000 + 2 * round + process;
      prices.add(price);
      const edit = process === 0 ? replace(staffAt(0), eventId, hallOf(6 + round, price)) : null;
      const answer = await (edit ?? reprice(staffAt(1), eventId, price));
      // The other process may have added rows meanwhile, none of which may disappear.
      expect(['200', '400 VALIDATION_FAILED']).toContain(outcome(answer));
    }
  };
  const buy = async (fan: Fan, index: number) => {
    expectOk(await fan.charge(10_000));
    const held = expectOk(await fan.hold(eventId, [index + 1]));
    const paid = expectOk(await fan.pay(held.id));
    return { fan, held, paid };
  };
  const [bought] = await Promise.all([
    Promise.all(fans.map(buy)).finally(() => (sale.isOver = true)),
    editAt(0),
    editAt(1),
  ]);
  for (const { fan, held, paid } of bought) {
    expect(paid.amount).toBe(held.totalAmount);
    expect(prices).toContain(held.totalAmount);
    const now = expectOk(await fan.reservation(held.id));
    expect(now).toMatchObject({ status: 'CONFIRMED', totalAmount: held.totalAmount, seats: held.seats });
  }
  const { seats } = expectOk(await watcher!.seats(eventId));
  const sold = seats.filter(({ status }) => status === 'SOLD');
  expect(sold.map(({ price }) => price)).toEqual(bought.map(({ held }) => held.totalAmount));
});

it('renames a seat or lets it be held where it is, and never moves a held one', async () => {
  const layout = hallOf(2, 0);
  const { concertId, eventId } = await installation().openSale({ layout, policy: POLICY });
  const fans = await admitFans(installation(), { concertId }, ROUNDS);
  let current = layout;
  const fates: string[] = [];
  for (const [round, fan] of fans.entries()) {
    const [number, label] = [round + 1, `new ${round}`];
    const next = withLabel(current, number, label);
    const [renamed, held] = await Promise.all([
      replace(staffAt(round), eventId, next),
      fan.at((round + 1) % 2).hold(eventId, [number]),
    ]);
    const { id } = expectOk(held);
    fates.push(outcome(renamed));
    if (renamed.status === 200) current = next;
    const own = async () => expectOk(await fan.reservation(id)).seats?.map((seat) => seat.label);
    const expected = renamed.status === 200 ? label : `${(round % 10) + 1}`;
    await eventually(async () => expect(await own()).toEqual([expected]));
    const moved = await replace(staffAt(round), eventId, withLabel(current, number, 'moved'));
    expect(outcome(moved)).toBe('400 VALIDATION_FAILED');
    expect(await own()).toEqual([expected]);
  }
  expect(fates.filter((fate) => fate !== '200' && fate !== '400 VALIDATION_FAILED')).toEqual([]);
});

it('lets one of two edits of a version of the layout through, at two processes', async () => {
  const { eventId } = await installation().openSale({ layout: hallOf(2, 1_000) });
  for (let round = 1; round <= ROUNDS; round += 1) {
    const etag = await etagOf(eventId);
    const edits = [
      replace(staffAt(round), eventId, hallOf(2, 2_000 + round), etag),
      reprice(staffAt(round + 1), eventId, 3_000 + round, etag),
    ];
    const answers = await Promise.all(edits);
    expect(countOccurrences(answers.map(outcome))).toEqual({ '200': 1, '412 PRECONDITION_FAILED': 1 });
    const [won] = answers.filter(({ status }) => status === 200);
    expect(won?.body).toMatchObject({ layoutVersion: 1 + round, seatCount: 20 });
  }
});

it('leaves holds whole when their date gets its first layout', async () => {
  const { concertId, eventId } = await installation().openSale({
    seatCount: FANS,
    price: 100,
    policy: POLICY,
  });
  const fans = await admitFans(installation(), { concertId }, FANS / 2);
  const seats = Array.from({ length: FANS }, (_, x) => ({ label: `${x + 1}`, x, y: 0, category: 'front' }));
  const [front] = hallOf(1, 700).categories;
  const first = { categories: [front!], sections: [stalls([{ label: '1', seats }])] };
  const holds = fans.map((fan, index) => fan.hold(eventId, [index + 1, FANS - index]));
  const [held, replaced] = await Promise.all([Promise.all(holds), replace(staffAt(1), eventId, first)]);
  expect(expectOk(replaced)).toMatchObject({ layoutVersion: 1, seatCount: FANS });
  for (const [index, answer] of held.entries()) {
    const { id, totalAmount } = expectOk(answer);
    expect([200, 1_400]).toContain(totalAmount);
    const places = [index + 1, FANS - index].map((number) => ({
      number,
      section: 'Standard',
      row: '1',
      label: `${number}`,
    }));
    await eventually(async () => expect(expectOk(await fans[index]!.reservation(id)).seats).toEqual(places));
  }
});

it('shows a new version to the fans of the other process, which has kept the one before', async () => {
  const { concertId, eventId } = await installation().openSale({ layout: hallOf(2, 1_000) });
  const [fan] = (await admitFans(installation(), { concertId }, 1)).map((admitted) => admitted.at(1));
  const shown = async () => {
    const { version, sections } = expectOk(await fan!.send<Shown>('GET', `/v1/events/${eventId}/layout`));
    const { seats } = expectOk(await fan!.seats(eventId));
    const states = expectOk(await fan!.seatStates(eventId));
    const date = expectOk(await fan!.send<Changed>('GET', `/v1/events/${eventId}`));
    return {
      versions: [version, states.layoutVersion, date.layoutVersion],
      rows: sections[0]!.rows.length,
      seats: [seats.length, states.states.length, date.seatCount],
      prices: [seats[0]!.price, seats.at(-1)!.price, date.price, states.price],
    };
  };
  for (let round = 1; round <= 5; round += 1) {
    await shown();
    const price = 1_000 + round;
    expectOk(await replace(staffAt(0), eventId, hallOf(2 + round, price)));
    const count = 10 * (2 + round);
    await eventually(async () =>
      expect(await shown()).toEqual({
        versions: Array(3).fill(1 + round),
        rows: 2 + round,
        seats: Array(3).fill(count),
        prices: Array(4).fill(price),
      }),
    );
  }
});

function stalls(rows: Layout['sections'][number]['rows']): Layout['sections'][number] {
  return { name: 'Standard', kind: 'SEATED', outline: [], rows };
}
