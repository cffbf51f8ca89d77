import { asDeferred } from '@frontrow/adapters/mysql/connection/bundle.ts';
import { createMysqlPool } from '@frontrow/adapters/mysql/connection/pool.ts';
import { createMysqlPorts } from '@frontrow/adapters/mysql/mysql-ports.ts';
import type { Database } from '@frontrow/adapters/mysql/schema/schema.ts';
import { createNoSeatLock } from '@frontrow/adapters/system/no-seat-lock.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { Kysely, MysqlDialect } from 'kysely';
import type { Testbed } from '../harness/testbed.ts';
import { type FundedSale, seatAt } from './funded-sale.ts';

export type Statement = {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Whether it goes to the server together with the next one. */
  readonly isDeferred: boolean;
};

/** The statements of one hold and of its payment, in order, and the facts of that checkout in their parameters. */
export type Recording = {
  readonly hold: readonly Statement[];
  readonly pay: readonly Statement[];
  readonly recordedFacts: CheckoutFacts;
};

/** The values that differ between checkouts; the digests are those of the idempotency keys. */
export type CheckoutFacts = {
  readonly userId: string;
  readonly eventId: string;
  readonly sequence: number;
  readonly seatNumber: number;
  readonly reservationId: string;
  readonly paymentId: string;
  readonly entryId: string;
  readonly holdDigest: Buffer;
  readonly payDigest: Buffer;
};

/** Records the statements with which the use cases sell the last seat of the sale to its last fan. */
export async function recordCheckout(testbed: Testbed, sale: FundedSale): Promise<Recording> {
  const { ports } = testbed;
  const sent: Statement[] = [];
  const db = new Kysely<Database>({
    dialect: new MysqlDialect({ pool: createMysqlPool({ url: testbed.mysqlUrl, poolSize: 1 }) }),
    log: ({ query: { sql, parameters } }) => {
      sent.push({ sql, parameters, isDeferred: asDeferred(sql, parameters) !== null });
    },
  });
  try {
    const issuedIds: string[] = [];
    const issue = (id: string) => issuedIds[issuedIds.push(id) - 1]!;
    const application = createApplication({
      ...ports,
      ...createMysqlPorts(db, { seatHoldStrategy: 'grouped' }),
      // A process reads the wanted types once a second, whatever it sells.
      webhookEndpointReads: ports.webhookEndpointReads,
      // Runs each hold alone.
      seatLock: createNoSeatLock(),
      ids: {
        next: () => issue(ports.ids.next()),
        nextIn: (concertId) => issue(ports.ids.nextIn(concertId)),
      },
    });
    const { userId, ticket } = sale.fans.at(-1)!;
    const { eventId, seat: seatNumber } = seatAt(sale, sale.fans.length - 1);
    const request = (operation: string) => ({
      userId,
      operation,
      key: 'recorded',
      fingerprint: 'f'.repeat(64),
    });
    const place = { userId, ticket, eventId, seatNumbers: [seatNumber] };
    const held = await application.holdSeats({ ...place, request: request('POST /v1/reservations') });
    if (!held.ok) throw new Error(`the recorded hold was refused: ${held.refusal.code}`);
    const hold = sent.splice(0);
    const reservationId = held.value.value.id;
    const paid = await application.payReservation({
      userId,
      reservationId,
      request: request('POST /v1/payments'),
    });
    if (!paid.ok) throw new Error(`the recorded payment was refused: ${paid.refusal.code}`);
    const pay = sent.splice(0);
    const paymentId = paid.value.value.id;
    // Webhook messages that no endpoint asks for have ids as well, which no statement has.
    const written = pay.flatMap(({ parameters }) => parameters.flat(2));
    const entryId = issuedIds.find((id) => id !== reservationId && id !== paymentId && written.includes(id))!;
    const { sequence } = ticket;
    const [holdDigest, payDigest] = [digestIn(hold), digestIn(pay)];
    const recordedFacts = {
      userId,
      eventId,
      sequence,
      seatNumber,
      reservationId,
      paymentId,
      entryId,
      holdDigest,
      payDigest,
    };
    return { hold, pay, recordedFacts };
  } finally {
    await db.destroy();
  }
}

function digestIn(statements: readonly Statement[]): Buffer {
  const digest = statements
    .flatMap(({ parameters }) => parameters.flat(2))
    .find((each) => Buffer.isBuffer(each));
  if (digest === undefined) throw new Error('no statement claims an idempotency key');
  return digest;
}

/** The parameters of the recorded checkout, with the facts of another one in place of its own. */
export function parametersFor(
  parameters: readonly unknown[],
  own: CheckoutFacts,
  other: CheckoutFacts,
): unknown[] {
  const names = Object.keys(own) as (keyof CheckoutFacts)[];
  return parameters.map((parameter) => {
    if (Array.isArray(parameter)) return parametersFor(parameter, own, other);
    if (Buffer.isBuffer(parameter))
      return parameter.equals(own.holdDigest) ? other.holdDigest : other.payDigest;
    const same = names.find((name) => parameter === own[name]);
    if (same !== undefined) return other[same];
    if (typeof parameter !== 'string') return parameter;
    // A stored answer or an outbox message, as JSON.
    const texts = names.filter((name) => typeof own[name] === 'string');
    const named = texts.reduce(
      (text, name) => text.replaceAll(String(own[name]), String(other[name])),
      parameter,
    );
    return named
      .replace(`"seatNumbers":[${own.seatNumber}]`, `"seatNumbers":[${other.seatNumber}]`)
      .replace(`"sequence":${own.sequence}`, `"sequence":${other.sequence}`);
  });
}
