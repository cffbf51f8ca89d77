import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PRICE } from '../data/benchmark-sale.ts';
import { accessTokenOf } from '../data/fan-credentials.ts';
import { type Answer, onAnswers, openSocket, wireRequest } from '../harness/http-socket.ts';

/** What a fan buys: seats of one date, paid from a wallet that the fan charges with their price. */
export type Purchase = {
  readonly userId: string;
  readonly queueToken: string;
  readonly eventId: string;
  readonly seatNumbers: readonly number[];
};

export type SalesRun = {
  readonly elapsedMs: number;
  /** From the first charge to the answer of the payment, by fan, in ms. */
  readonly saleMs: readonly number[];
  /** From a hold to its answer, by fan, in ms. */
  readonly holdMs: readonly number[];
  /** How many answers were 503. */
  readonly unavailable: number;
};

const CONNECTING_AT_ONCE = 100;
/** What a 503 asks for in `Retry-After`. */
const RETRY_AFTER_MS = 1_000;

/** Fans who buy over HTTP: each connection serves one fan after the other with charge, hold and payment. */
export async function openFans(port: number, connections: number) {
  const sockets: Socket[] = [];
  while (sockets.length < connections) {
    const next = Math.min(CONNECTING_AT_ONCE, connections - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: next }, () => openSocket(port)))));
  }
  const asks = sockets.map(createAsk);

  async function inTurn<T>(items: readonly T[], work: (ask: Ask, item: T) => Promise<void>): Promise<void> {
    let next = 0;
    await Promise.all(
      asks.map(async (ask) => {
        for (let item = items[next++]; item !== undefined; item = items[next++]) await work(ask, item);
      }),
    );
  }

  return {
    /** Queue tokens of users who are admitted at once. */
    async join(concertId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const tokens = new Map<string, string>();
      await inTurn(userIds, async (ask, userId) => {
        const headers = { Authorization: `Bearer ${accessTokenOf(userId)}` };
        const path = `POST /v1/concerts/${concertId}/queue-tokens`;
        const { status, token } = read(await ask(wireRequest(path, headers)), 201);
        if (status !== 'ACTIVE') throw new Error(`${userId} is ${String(status)}`);
        tokens.set(userId, String(token));
      });
      return tokens;
    },
    /** Throws when a request is refused; repeats one that is answered 503. */
    async buy(purchases: readonly Purchase[]): Promise<SalesRun> {
      const run = { saleMs: [] as number[], holdMs: [] as number[], unavailable: 0 };
      const insist = async (ask: Ask, request: Buffer) => {
        for (;;) {
          const answer = await ask(request);
          if (answer.status !== 503) return read(answer, 201);
          run.unavailable += 1;
          await sleep(RETRY_AFTER_MS);
        }
      };
      const startedAt = performance.now();
      await inTurn(purchases, async (ask, { userId, queueToken, eventId, seatNumbers }) => {
        const since = performance.now();
        const headers = () => ({
          Authorization: `Bearer ${accessTokenOf(userId)}`,
          'Idempotency-Key': randomUUID(),
        });
        const amount = seatNumbers.length * PRICE;
        await insist(ask, wireRequest('POST /v1/wallet/charges', headers(), { amount }));
        const heldSince = performance.now();
        const ticket = { ...headers(), 'Queue-Token': queueToken };
        const hold = wireRequest('POST /v1/reservations', ticket, { eventId, seatNumbers });
        const { id: reservationId } = await insist(ask, hold);
        run.holdMs.push(performance.now() - heldSince);
        await insist(ask, wireRequest('POST /v1/payments', headers(), { reservationId }));
        run.saleMs.push(performance.now() - since);
      });
      return { ...run, elapsedMs: performance.now() - startedAt };
    },
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

type Ask = (request: Buffer) => Promise<Answer>;

/** Sends a request and resolves with its answer; one at a time. */
function createAsk(socket: Socket): Ask {
  let asked = Promise.withResolvers<Answer>();
  onAnswers(
    socket,
    (answer) => asked.resolve(answer),
    (error) => asked.reject(error),
  );
  return async (request) => {
    asked = Promise.withResolvers<Answer>();
    if (!socket.write(request)) await once(socket, 'drain');
    return asked.promise;
  };
}

function read({ status, body }: Answer, expected: number): Record<string, unknown> {
  const text = body.toString();
  if (status !== expected) throw new Error(`answered ${status}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}
