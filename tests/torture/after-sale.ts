import { randomUUID } from 'node:crypto';
import type { Client } from '../support/client.ts';
import { type Fan, createFan } from '../support/fan.ts';
import type { EntryTicket, Refund, Reservation } from '../support/response-bodies.ts';
import type { Insist } from './insist.ts';
import type { Random } from './random.ts';
import type { Records } from './records.ts';

export type AfterSaleOptions = {
  readonly fan: Fan;
  readonly client: () => Client;
  readonly records: Records;
  readonly random: Random;
  readonly insist: Insist;
};

/** What happens to a paid reservation, by its fan, by staff and at the gates. */
export type AfterSale = {
  /** Refunds it, or a part of it, or lets its fan in, or both at the same time. */
  use(reservation: Reservation): Promise<void>;
  /** Staff end a hold. */
  cancelByStaff(reservation: Reservation): Promise<void>;
  /** Staff give `amount` to the wallet of the fan. */
  adjustWallet(amount: number): Promise<void>;
};

const REASON = 'The torture wants it.';

export function createAfterSale({ fan, client, records, random, insist }: AfterSaleOptions): AfterSale {
  const { userId } = fan;
  /** With a new token each time, because one would expire in a long run. */
  const staff = () => createFan('staff', client, 'admin');

  async function refund({ id, seatNumbers }: Reservation): Promise<void> {
    const key = randomUUID();
    const some = random.chance(0.5) ? [random.pick(seatNumbers)] : undefined;
    const byStaff = random.chance(0.3);
    const send = () =>
      byStaff
        ? staff().send<Refund>('POST', `/v1/admin/reservations/${id}/refund`, {
            key,
            body: { reason: REASON, ...(some === undefined ? {} : { seatNumbers: some }) },
          })
        : fan.refund(id, some, key);
    const sends = random.chance(0.3) ? [send, send] : [send];
    const answers = await Promise.all(sends.map((each) => insist('refund', each)));
    const refunds = answers.flatMap((answer) => (answer?.status === 201 ? [answer.body] : []));
    if (new Set(refunds.map((each) => each.id)).size > 1)
      records.complain('a key has one effect', `refund of ${userId}: ${id}`);
    for (const { id: refundId, amount, seatNumbers: refunded } of refunds)
      records.acknowledgements.push({
        kind: 'refund',
        userId,
        reservationId: id,
        refundId,
        amount,
        seatNumbers: refunded,
      });
    if (refunds[0] !== undefined) await expectClosedGates(id, refunds[0].seatNumbers);
  }

  /** No gate lets anyone in with the ticket of a refunded seat. */
  async function expectClosedGates(id: string, refunded: readonly number[]): Promise<void> {
    for (const { seatNumber, code } of tickets.get(id) ?? []) {
      if (code === null || !refunded.includes(seatNumber)) continue;
      const scanned = await insist('check-in', () => scan(code, randomUUID()));
      if (scanned?.status === 201)
        records.complain(
          'a gate refuses the ticket of a refunded seat',
          `${userId} ${id} seat ${seatNumber}`,
        );
    }
  }

  const tickets = new Map<string, readonly EntryTicket[]>();
  async function readTickets(id: string): Promise<void> {
    const read = () => fan.send<{ items: EntryTicket[] }>('GET', `/v1/reservations/${id}/tickets`);
    const answer = await insist('tickets', read);
    if (answer?.status === 200) tickets.set(id, answer.body.items);
  }
  const scan = (code: string, key: string) =>
    createFan('gate', client, 'check-in').send<{ checkedInAt: string }>(
      'POST',
      '/v1/admin/tickets/check-in',
      {
        key,
        body: { code, gate: key.slice(0, 8) },
      },
    );

  /** Two gates scan each ticket; at most one of them opens. */
  async function enter({ id }: Reservation): Promise<void> {
    for (const { seatNumber, code } of tickets.get(id) ?? []) {
      if (code === null) continue;
      const keys = random.chance(0.5) ? [randomUUID(), randomUUID()] : [randomUUID()];
      const answers = await Promise.all(keys.map((key) => insist('check-in', () => scan(code, key))));
      const opened = answers.filter((answer) => answer?.status === 201).length;
      if (opened > 1) records.complain('a ticket opens one gate', `${userId} ${id} seat ${seatNumber}`);
      if (opened > 0)
        records.acknowledgements.push({ kind: 'check-in', userId, reservationId: id, seatNumber });
    }
  }

  return {
    async use(reservation) {
      const plan = random.between(1, 100);
      if (plan <= 40) return;
      await readTickets(reservation.id);
      const acts = plan <= 65 ? [refund] : plan <= 80 ? [enter] : [refund, enter];
      await Promise.all(acts.map((act) => act(reservation)));
    },
    async cancelByStaff({ id }) {
      const cancelled = await insist('cancel', () =>
        staff().send<object>('POST', `/v1/admin/reservations/${id}/cancel`, { body: { reason: REASON } }),
      );
      if (cancelled?.status === 204)
        records.acknowledgements.push({ kind: 'cancel', userId, reservationId: id });
    },
    async adjustWallet(amount) {
      const key = randomUUID();
      records.charges.get(userId)?.add(amount);
      const adjusted = await insist('adjust', () =>
        staff().send<{ entryId: string }>('POST', `/v1/admin/users/${userId}/wallet/adjustments`, {
          key,
          body: { amount, reason: REASON },
        }),
      );
      if (adjusted?.status === 201)
        records.acknowledgements.push({ kind: 'adjust', userId, entryId: adjusted.body.entryId, amount });
    },
  };
}
