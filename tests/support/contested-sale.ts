import { setTimeout as delay } from 'node:timers/promises';
import { admitFans } from './crowd.ts';
import type { Sale } from './concert-on-sale-over-http.ts';
import type { Fan } from './fan.ts';
import { expectOk } from './operator.ts';
import { countOccurrences, outcome } from './outcomes.ts';
import { seededRandom } from './seeded-random.ts';
import type { Installation } from './start-installation.ts';

const SEATS = 60;
const PRICE = 100;
/** After how many payments the sale is attacked. */
const ATTACKED_AFTER = 20;
const ALLOWED = ['201', '403 QUEUE_TOKEN_NOT_ACTIVE', '409 SEAT_UNAVAILABLE', '503 UNAVAILABLE'];

type ContestedSale = {
  readonly admission: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly attack: (sale: Sale) => Promise<unknown>;
};

type ContestedSaleOutcome = {
  readonly paid: number;
  /** How many fans have how much money left. */
  readonly balances: Readonly<Record<string, number>>;
  /** Answers that a client cannot act on. */
  readonly unexpected: readonly string[];
};

/** Each seat is sold once, and each wallet has paid once. */
export const EVERY_SEAT_SOLD: ContestedSaleOutcome = {
  paid: SEATS,
  balances: { 0: SEATS },
  unexpected: [],
};

/**
 * Lets as many fans as there are seats hold random ones until each of them has paid one, and attacks the sale in the
 * middle.
 */
export async function playContestedSale(
  installation: Installation,
  { admission, seed, attack }: ContestedSale,
): Promise<ContestedSaleOutcome> {
  const sale = await installation.openSale({ seatCount: SEATS, price: PRICE, policy: { admission } });
  const fans = await admitFans(installation, sale, SEATS);
  await Promise.all(fans.map(async (fan) => expectOk(await fan.charge(PRICE))));
  const random = seededRandom(seed);
  const answers: string[] = [];
  let paid = 0;
  const book = async (fan: Fan): Promise<void> => {
    for (;;) {
      const held = await fan.hold(sale.eventId, [1 + Math.floor(random() * SEATS)]);
      answers.push(outcome(held));
      if (held.status !== 201) {
        if (held.status !== 409) await delay(50); // the room is restored in the meantime
        continue;
      }
      const payment = await fan.pay(held.body.id);
      answers.push(outcome(payment));
      if (payment.status !== 201) return;
      paid += 1;
      if (paid === ATTACKED_AFTER) await attack(sale);
      return;
    }
  };
  await Promise.all(fans.map(book));

  const balances = await Promise.all(fans.map(async (fan) => expectOk(await fan.wallet()).balance));
  return {
    paid,
    balances: countOccurrences(balances),
    unexpected: Object.keys(countOccurrences(answers)).filter((answer) => !ALLOWED.includes(answer)),
  };
}
