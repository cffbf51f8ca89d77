import { setTimeout as delay } from 'node:timers/promises';
import { createFan } from '../support/fan.ts';
import { dateOnSaleBody } from '../support/concert-on-sale-over-http.ts';
import { createOperator, expectOk } from '../support/operator.ts';
import { startLoop } from '../support/start-loop.ts';
import type { Installation } from './installation.ts';
import type { Records } from './records.ts';

/** The organiser, who opens another date whenever the latest one is nearly sold, and then cancels every other one. */
export type BoxOffice = {
  readonly concertId: string;
  /** The date that sells now. */
  eventId(): string;
  readonly dates: readonly string[];
  stop(): Promise<void>;
};

export const SEATS_PER_DATE = 60;
export const PRICE = 100;
/** Short times, so that every deadline of a place and of a hold passes many times in a run. */
export const POLICY = {
  admission: {
    batchSize: 4,
    intervalMs: 500,
    maxActive: 8,
    sessionTtlMs: 12_000,
    claimTtlMs: 3_000,
    parkRetentionMs: 8_000,
    recoveryGraceMs: 2_000,
  },
  hold: { ttlMs: 8_000, maxExtensions: 1, unpaidHoldsMax: null },
};
const LOOK_EVERY_MS = 500;
/** Early, so that a fan finds a free seat within a few tries, and a recovery is not measured by the lack of seats. */
const NEARLY_SOLD = 0.4;

export async function openBoxOffice(installation: Installation, records: Records): Promise<BoxOffice> {
  /** With a new token each time, because one would expire in a long run. */
  const comeAsAdmin = () => createFan('admin', installation.client, 'admin');
  const operator = createOperator(comeAsAdmin());
  const sale = await operator.openSale({ seatCount: SEATS_PER_DATE, price: PRICE, policy: POLICY });
  const dates = [sale.eventId];

  /** An organiser's request may get no answer and leave a date behind, which then sells too. */
  async function addDate(): Promise<void> {
    const body = { ...dateOnSaleBody(), seatCount: SEATS_PER_DATE, price: PRICE };
    const path = `/v1/admin/concerts/${sale.concertId}/events`;
    dates.push(expectOk(await comeAsAdmin().send<{ id: string }>('POST', path, { body })).id);
  }
  /** Without an answer the date may be cancelled as well: its fans cannot tell. */
  async function cancelDate(eventId: string): Promise<void> {
    const path = `/v1/admin/events/${eventId}/cancel`;
    expectOk(await comeAsAdmin().send('POST', path, { body: { reason: 'The singer is ill.' } }));
    records.acknowledgements.push({ kind: 'cancel date', userId: 'admin', eventId });
  }
  async function isNearlySold(): Promise<boolean> {
    const connection = await installation.connectToMysql();
    try {
      const [rows] = await connection.query(
        `select count(*) as sold from seat where status = 'SOLD' and concert_event_id = ?`,
        [dates.at(-1)],
      );
      const [{ sold }] = rows as [{ sold: number }];
      return sold >= NEARLY_SOLD * SEATS_PER_DATE;
    } finally {
      connection.destroy();
    }
  }
  const loop = startLoop(async () => {
    await delay(LOOK_EVERY_MS);
    try {
      if (!(await isNearlySold())) return;
      await addDate();
      if (dates.length % 2 === 0) await cancelDate(dates.at(-2)!);
    } catch {
      // A server is away: the next look follows.
    }
  });
  return {
    concertId: sale.concertId,
    eventId: () => dates.at(-1)!,
    dates,
    stop: () => loop.stop(),
  };
}
