import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../support/client.ts';
import { type Fan, createFan } from '../support/fan.ts';
import type { QueueStatus, Reservation } from '../support/response-bodies.ts';
import { sequenceIn } from '../support/ticket.ts';
import { type BoxOffice, PRICE, SEATS_PER_DATE } from './box-office.ts';
import { createAfterSale } from './after-sale.ts';
import { createInsist } from './insist.ts';
import type { Random } from './random.ts';
import type { Records } from './records.ts';

export type FanOptions = {
  readonly boxOffice: BoxOffice;
  readonly client: () => Client;
  readonly records: Records;
  readonly random: Random;
  readonly isOver: () => boolean;
  /** Takes the tickets of places that have ended. */
  readonly bury: (fan: Fan, ticket: string, reason: string) => void;
};

const ROUNDS_MAX = 3;
const SEAT_TRIES_MAX = 6;
const isEnded = ({ status }: QueueStatus) => status !== 'WAITING' && status !== 'ACTIVE';

/** A fan charges the wallet, waits, books and leaves, a few times over, and repeats whatever has no known outcome. */
export async function playFan(userId: string, options: FanOptions): Promise<void> {
  const { boxOffice, client, records, random, isOver } = options;
  const fan = createFan(userId, client);
  const insist = createInsist(records, random);
  const afterSale = createAfterSale({ fan, client, records, random, insist });
  records.charges.set(userId, new Set());
  for (let round = 1; round <= ROUNDS_MAX && !isOver(); round += 1) {
    await charge(1_000 + round); // another amount each time, so that a double charge shows
    if (random.chance(0.1)) await afterSale.adjustWallet(10 + round);
    const isActive = await waitForAdmission();
    if (isActive) await book();
  }

  async function charge(amount: number): Promise<void> {
    const key = randomUUID();
    records.charges.get(userId)?.add(amount);
    const send = () => fan.charge(amount, key);
    // Some fans press the button twice.
    const answers = await Promise.all(
      random.chance(0.2) ? [insist('charge', send), insist('charge', send)] : [insist('charge', send)],
    );
    for (const answer of answers)
      if (answer?.status === 201)
        records.acknowledgements.push({ kind: 'charge', userId, entryId: answer.body.entryId, amount });
    expectSame(
      'charge',
      answers.map((answer) => answer?.body.entryId),
    );
  }

  /** Answers of one key must agree. */
  function expectSame(kind: string, ids: readonly (string | undefined)[]): void {
    const known = new Set(ids.filter((id) => id !== undefined));
    if (known.size > 1)
      records.complain('a key has one effect', `${kind} of ${userId}: ${[...known].join()}`);
  }

  /** False where the place has ended or the time is over. */
  async function waitForAdmission(): Promise<boolean> {
    const joined = await insist('join', () => fan.join(boxOffice.concertId));
    if (joined === null || joined.status >= 300) return false;
    let status: QueueStatus = joined.body;
    let hasWaited = false;
    while (!isOver()) {
      if (status.status === 'ACTIVE') {
        const place = `${userId} ${sequenceIn(fan.ticket())}`;
        if (!records.seenActiveAt.has(place)) records.seenActiveAt.set(place, performance.now());
        if (hasWaited) records.succeeded('admission');
        return true;
      }
      if (isEnded(status)) {
        options.bury(fan, fan.ticket(), status.status);
        return false;
      }
      hasWaited = true;
      if (random.chance(0.01)) {
        await leave();
        return false;
      }
      // Now and then a fan looks away for longer than a claim window.
      await delay(random.chance(0.03) ? random.between(3_000, 12_000) : random.between(150, 600));
      const polled = await insist('poll', () =>
        // A second tab joins instead of polling: it must get the same place.
        random.chance(0.03) ? fan.join(boxOffice.concertId) : fan.status(),
      );
      if (polled === null || polled.status >= 300) return false;
      status = polled.body;
    }
    return false;
  }

  async function leave(): Promise<void> {
    const ticket = fan.ticket();
    const left = await insist('leave', () => fan.leave());
    if (left?.status !== 204) return;
    records.acknowledgements.push({ kind: 'leave', userId, sequence: sequenceIn(ticket) });
    options.bury(fan, ticket, 'LEFT');
  }

  async function book(): Promise<void> {
    const reservation = await hold();
    if (reservation === null) return random.chance(0.5) ? leave() : undefined;
    const plan = random.between(1, 100);
    if (plan <= 8) return; // the hold lapses
    if (plan > 20 && plan <= 35) await extend(reservation);
    const ends = plan <= 20 ? [cancel] : plan <= 94 ? [pay] : [pay, cancel];
    await Promise.all(ends.map((end) => end(reservation)));
  }

  async function hold(): Promise<Reservation | null> {
    for (let tries = 0; tries < SEAT_TRIES_MAX && !isOver(); tries += 1) {
      const first = random.between(1, SEATS_PER_DATE - 1);
      const seatNumbers = random.chance(0.5) ? [first] : [first, first + 1];
      const [eventId, key] = [boxOffice.eventId(), randomUUID()];
      const held = await insist('hold', () => fan.hold(eventId, seatNumbers, key));
      if (held?.status === 201) {
        records.acknowledgements.push({
          kind: 'hold',
          userId,
          reservationId: held.body.id,
          eventId,
          seatNumbers,
        });
        return held.body;
      }
      if (held?.body.code !== 'SEAT_UNAVAILABLE') return null;
    }
    return null;
  }

  async function extend({ id }: Reservation): Promise<void> {
    const key = randomUUID();
    const extended = await insist('extend', () => fan.extend(id, key));
    if (extended?.status === 200)
      records.acknowledgements.push({ kind: 'extend', userId, reservationId: id });
  }

  async function cancel(reservation: Reservation): Promise<void> {
    if (random.chance(0.3)) return afterSale.cancelByStaff(reservation);
    const { id } = reservation;
    const cancelled = await insist('cancel', () => fan.cancel(id));
    if (cancelled?.status === 204)
      records.acknowledgements.push({ kind: 'cancel', userId, reservationId: id });
  }

  async function pay(reservation: Reservation): Promise<void> {
    const { id, seatNumbers } = reservation;
    const [ticket, key] = [fan.ticket(), randomUUID()];
    const send = () => fan.pay(id, key);
    const answers = await Promise.all(
      random.chance(0.2) ? [insist('pay', send), insist('pay', send)] : [insist('pay', send)],
    );
    const paid = answers.filter((answer) => answer?.status === 201);
    for (const answer of paid)
      records.acknowledgements.push({
        kind: 'pay',
        userId,
        reservationId: id,
        paymentId: answer!.body.id,
        amount: seatNumbers.length * PRICE,
      });
    expectSame(
      'pay',
      paid.map((answer) => answer?.body.id),
    );
    if (paid.length === 0) return;
    await expectNoMoreHolds(ticket);
    options.bury(fan, ticket, 'COMPLETED');
    await afterSale.use(reservation);
  }

  /** From the commit of a payment on, its place books nothing more. */
  async function expectNoMoreHolds(ticket: string): Promise<void> {
    if (!random.chance(0.3)) return;
    const again = await fan
      .send<Reservation>('POST', '/v1/reservations', {
        key: randomUUID(),
        headers: { 'queue-token': ticket },
        body: { eventId: boxOffice.eventId(), seatNumbers: [random.between(1, SEATS_PER_DATE)] },
      })
      .catch(() => null);
    if (again?.status === 201)
      records.complain('a paid place books nothing more', `${userId} ${again.body.id}`);
  }
}
