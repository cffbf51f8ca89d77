import { createMysqlPool } from '@frontrow/adapters/mysql/connection/pool.ts';
import { createMysqlPorts } from '@frontrow/adapters/mysql/ports.ts';
import type { Database } from '@frontrow/adapters/mysql/schema/schema.ts';
import { createNoSeatLock } from '@frontrow/adapters/system/no-seat-lock.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { Kysely, MysqlDialect } from 'kysely';
import type { World } from '../harness/world.ts';
import type { Sale } from './sale.ts';

export type Statement = { readonly sql: string; readonly parameters: readonly unknown[] };

/** The statements of one hold and of its payment, in order, and what in their parameters belongs to that fan alone. */
export type Recording = {
  readonly hold: readonly Statement[];
  readonly pay: readonly Statement[];
  readonly own: Facts;
};

/** What tells one checkout from another. The requests go by the digests of their keys. */
export type Facts = {
  readonly userId: string;
  readonly sequence: number;
  readonly seatNumber: number;
  readonly reservationId: string;
  readonly paymentId: string;
  readonly entryId: string;
  readonly holdDigest: Buffer;
  readonly payDigest: Buffer;
};

/** Lets the last fan of the sale buy the last seat through the use cases, and writes down what they send to MySQL. */
export async function recordCheckout(world: World, sale: Sale): Promise<Recording> {
  const { ports } = world;
  const sent: Statement[] = [];
  const db = new Kysely<Database>({
    dialect: new MysqlDialect({ pool: createMysqlPool({ url: world.mysqlUrl, poolSize: 1 }) }),
    log: ({ query: { sql, parameters } }) => void sent.push({ sql, parameters }),
  });
  try {
    const drawn: string[] = [];
    const next = () => drawn[drawn.push(ports.ids.next()) - 1]!;
    const application = createApplication({
      ...ports,
      ...createMysqlPorts(db, { seatHoldStrategy: 'conditional-write' }),
      // What requests share before their transactions is not of one of them.
      seatLock: createNoSeatLock(),
      ids: { next },
    });
    const { userId, ticket } = sale.fans.at(-1)!;
    const seatNumber = sale.fans.length;
    const request = (operation: string) => ({
      userId,
      operation,
      key: 'recorded',
      fingerprint: 'f'.repeat(64),
    });
    const place = { userId, ticket, eventId: sale.eventId, seatNumbers: [seatNumber] };
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
    const entryId = drawn.find((id) => id !== reservationId && id !== paymentId)!;
    const { sequence } = ticket;
    const [holdDigest, payDigest] = [digestIn(hold), digestIn(pay)];
    const own = { userId, sequence, seatNumber, reservationId, paymentId, entryId, holdDigest, payDigest };
    return { hold, pay, own };
  } finally {
    await db.destroy();
  }
}

function digestIn(statements: readonly Statement[]): Buffer {
  const digest = statements.flatMap(({ parameters }) => parameters).find((each) => Buffer.isBuffer(each));
  if (digest === undefined) throw new Error('a statement that claims an idempotency key was expected');
  return digest;
}

/** The parameters as they are for another checkout. */
export function parametersFor(parameters: readonly unknown[], own: Facts, other: Facts): unknown[] {
  const names = Object.keys(own) as (keyof Facts)[];
  return parameters.map((parameter) => {
    if (Buffer.isBuffer(parameter))
      return parameter.equals(own.holdDigest) ? other.holdDigest : other.payDigest;
    const same = names.find((name) => parameter === own[name]);
    if (same !== undefined) return other[same];
    if (typeof parameter !== 'string') return parameter;
    // An answer or a message, as JSON.
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
