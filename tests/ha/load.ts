import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../support/client.ts';
import { type Fan, createFan } from '../support/fan.ts';
import { createOperator } from '../support/operator.ts';
import { createInsist } from '../torture/insist.ts';
import type { Random } from '../torture/random.ts';
import type { Acknowledgement, Records } from '../torture/records.ts';

/** Fans who charge, hold and pay, and repeat what has no known outcome with the same key. */
export type Load = {
  /** `performance.now()` of each acknowledged write, in order. */
  readonly acknowledgedAt: readonly number[];
  fans(): number;
  /** Resolves when no request is under way and every outcome is known. */
  pause(): Promise<void>;
  resume(): void;
};

export type LoadOptions = {
  readonly client: () => Client;
  readonly records: Records;
  readonly random: Random;
  /** How the ids of these fans begin. */
  readonly name?: string;
};

const FANS = 24;
const PRICE = 100;
const CHARGE = 1_000;
const SEATS = 5_000;
const SEAT_TRIES_MAX = 5;
const ADMITTED_WITHIN_MS = 60_000;
const POLL_MS = 100;
const THINK_MS = 400;
const PAUSE_POLL_MS = 20;
/** Everybody is admitted: what is under attack is MySQL. */
const POLICY = {
  admission: { batchSize: 50, intervalMs: 500, maxActive: 1_000, recoveryGraceMs: 1_000 },
  hold: { unpaidHoldsMax: null },
};

export async function startLoad({ client, records, random, name = 'fan' }: LoadOptions): Promise<Load> {
  const operator = createOperator(createFan('admin', client, 'admin'));
  const sale = await operator.openSale({ seatCount: SEATS, price: PRICE, policy: POLICY });
  const acknowledgedAt: number[] = [];
  const state = { isPaused: false, playing: 0, fans: 0 };
  const acknowledge = (write: Acknowledgement) => {
    records.acknowledgements.push(write);
    acknowledgedAt.push(performance.now());
  };

  async function stayAway(): Promise<void> {
    while (state.isPaused) await delay(PAUSE_POLL_MS);
  }
  async function play(seat: number): Promise<never> {
    const own = random.fork();
    for (let turn = 1; ; turn += 1) {
      await delay(own.between(0, THINK_MS));
      await stayAway();
      state.playing += 1;
      state.fans += 1;
      await buyTicket(createFan(`${name}-${seat}-${turn}`, client), {
        sale,
        records,
        random: own,
        acknowledge,
      });
      state.playing -= 1;
    }
  }
  for (let seat = 1; seat <= FANS; seat += 1) void play(seat);
  return {
    acknowledgedAt,
    fans: () => state.fans,
    async pause() {
      state.isPaused = true;
      while (state.playing > 0) await delay(PAUSE_POLL_MS);
    },
    resume: () => void (state.isPaused = false),
  };
}

type Purchase = {
  readonly sale: { readonly concertId: string; readonly eventId: string };
  readonly records: Records;
  readonly random: Random;
  readonly acknowledge: (write: Acknowledgement) => void;
};

/** A fan charges the wallet, holds a seat and pays, and reads each of it back. */
async function buyTicket(fan: Fan, { sale, records, random, acknowledge }: Purchase): Promise<void> {
  const { userId } = fan;
  const insist = createInsist(records, random);
  records.charges.set(userId, new Set([CHARGE]));
  const chargeKey = randomUUID();
  const charged = await insist('charge', () => fan.charge(CHARGE, chargeKey));
  if (charged?.status !== 201) return;
  acknowledge({ kind: 'charge', userId, entryId: charged.body.entryId, amount: CHARGE });
  await expectBalance(CHARGE);
  if (!(await isAdmitted())) return;

  const held = await holdSeat();
  if (held === null) return;
  const { id: reservationId } = held;
  const payKey = randomUUID();
  const paid = await insist('pay', () => fan.pay(reservationId, payKey));
  if (paid?.status !== 201) return;
  acknowledge({ kind: 'pay', userId, reservationId, paymentId: paid.body.id, amount: PRICE });
  await expectBalance(CHARGE - PRICE);
  const read = await insist('tickets', () => fan.reservation(reservationId));
  if (read?.status === 200 && read.body.status !== 'CONFIRMED')
    records.complain('no read is stale', `${userId} reads ${read.body.status} after the payment`);

  async function expectBalance(expected: number): Promise<void> {
    const wallet = await insist('tickets', () => fan.wallet());
    if (wallet?.status === 200 && wallet.body.balance !== expected)
      records.complain('no read is stale', `${userId} reads ${wallet.body.balance} instead of ${expected}`);
  }

  async function isAdmitted(): Promise<boolean> {
    const deadline = performance.now() + ADMITTED_WITHIN_MS;
    let answer = await insist('join', () => fan.join(sale.concertId));
    while (answer?.body.status === 'WAITING' && performance.now() < deadline) {
      await delay(POLL_MS);
      answer = await insist('poll', () => fan.status());
    }
    return answer?.body.status === 'ACTIVE';
  }

  async function holdSeat() {
    for (let tries = 0; tries < SEAT_TRIES_MAX; tries += 1) {
      const [seatNumbers, key] = [[random.between(1, SEATS)], randomUUID()];
      const answer = await insist('hold', () => fan.hold(sale.eventId, seatNumbers, key));
      if (answer?.status === 201) {
        const { id } = answer.body;
        acknowledge({ kind: 'hold', userId, reservationId: id, eventId: sale.eventId, seatNumbers });
        return answer.body;
      }
      if (answer?.body.code !== 'SEAT_UNAVAILABLE') return null;
    }
    return null;
  }
}
