import { expect, it } from 'vitest';
import { admitFan } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Sale } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import type { EntryTicket } from '../support/response-bodies.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 1 });
const PRICE = 100;
const ROUNDS = 20;
const CANCELLATIONS = 6;
const SEATS = 8;

async function buyTickets(sale: Sale, seatNumbers: readonly number[]) {
  const fan = await admitFan(installation(), sale);
  expectOk(await fan.charge(PRICE * seatNumbers.length));
  const { id } = expectOk(await fan.hold(sale.eventId, seatNumbers));
  expectOk(await fan.pay(id));
  const { items } = expectOk(
    await fan.send<{ items: EntryTicket[] }>('GET', `/v1/reservations/${id}/tickets`),
  );
  return { fan, id, codes: items.map(({ code }) => code ?? '') };
}

function scan(code: string, gate: number, key: string) {
  const staff = installation()
    .fan(`gate-${gate}`, 'check-in')
    .at(gate % 2);
  const body = { code, gate: `Gate ${gate}` };
  return staff.send<{ checkedInAt: string }>('POST', '/v1/admin/tickets/check-in', { key, body });
}

it('lets one of 20 gates in that scan a ticket at the same time, at two processes, and tells it again', async () => {
  const sale = await installation().openSale({ price: PRICE });
  const { codes } = await buyTickets(sale, [1, 2]);
  const gates = Array.from({ length: 20 }, (_, gate) => gate);
  const scanAll = () => Promise.all(gates.map((gate) => scan(codes[0] ?? '', gate, `first-${gate}`)));
  const answers = await scanAll();
  expect(countOccurrences(answers.map(outcome))).toEqual({ '201': 1, '409 ALREADY_CHECKED_IN': 19 });
  expect(new Set(answers.map(({ body }) => body.checkedInAt)).size).toBe(1);
  expect((await scanAll()).map(outcome)).toEqual(answers.map(outcome));
  const path = `/v1/admin/events/${sale.eventId}/check-ins`;
  const counts = await installation().fan('display', 'check-in').send('GET', path);
  expect(counts.body).toMatchObject({ ticketCount: 2, checkedInCount: 1 });
});

it('either refunds a seat or lets it in when both happen at the same time', async () => {
  const sale = await installation().openSale({ price: PRICE, seatCount: 2 * ROUNDS });
  await Promise.all(
    Array.from({ length: ROUNDS }, async (_, round) => {
      const { fan, id, codes } = await buyTickets(sale, [2 * round + 1, 2 * round + 2]);
      const [entered, refund] = await Promise.all([
        scan(codes[0] ?? '', round, `round-${round}`),
        fan.at((round + 1) % 2).refund(id, [2 * round + 1]),
      ]);
      expect(['201 and 409 SEAT_CHECKED_IN', '409 TICKET_REFUNDED and 201']).toContain(
        `${outcome(entered)} and ${outcome(refund)}`,
      );
    }),
  );
});

type Entered = { readonly seat: number; readonly checkedInAt: Date; readonly refundedAt: Date };

it('lets a ticket in before its date is cancelled, or not at all, and refunds it after that', async () => {
  const hold = { maxSeatsPerReservation: SEATS };
  const gates = Array.from({ length: SEATS }, (_, gate) => gate);
  for (let round = 0; round < CANCELLATIONS; round += 1) {
    const sale = await installation().openSale({ price: PRICE, seatCount: SEATS, policy: { hold } });
    const { fan, codes } = await buyTickets(
      sale,
      gates.map((gate) => gate + 1),
    );
    const scanAll = (name: string) =>
      Promise.all(gates.map((gate) => scan(codes[gate] ?? '', gate, `${name}-${round}-${gate}`)));
    const path = `/v1/admin/events/${sale.eventId}`;
    const cancelled = installation()
      .admin.at(round % 2)
      .send('POST', `${path}/cancel`, { body: { reason: 'The singer is ill.' } });
    const [first] = await Promise.all([scanAll('racing'), cancelled.then(expectOk)]);
    const allowed = ['201', '409 EVENT_CANCELLED'];
    expect(first.map(outcome).filter((one) => !allowed.includes(one))).toEqual([]);
    const later = (await scanAll('later')).map(outcome);
    expect(countOccurrences(later)).toEqual({ '409 EVENT_CANCELLED': SEATS });

    await eventually(async () => {
      const progress = expectOk(await installation().admin.send('GET', `${path}/cancellation`));
      expect(progress).toMatchObject({ refunded: 1, remaining: 0 });
    });
    expect(expectOk(await fan.wallet()).balance).toBe(PRICE * SEATS);
    const rows = await installation().readRows(
      `select c.seat_number as seat, c.checked_in_at as checkedInAt, f.refunded_at as refundedAt
       from gate_check_in c join refund f on f.reservation_id = c.reservation_id where c.concert_event_id = ?`,
      [sale.eventId],
    );
    const entered = rows as Entered[];
    expect(entered).toHaveLength(first.filter(({ status }) => status === 201).length);
    expect(entered.filter(({ checkedInAt, refundedAt }) => checkedInAt > refundedAt)).toEqual([]);
  }
});
