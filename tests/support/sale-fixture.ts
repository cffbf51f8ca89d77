import { type Application, createApplication } from '@frontrow/application/application.ts';
import type { IdempotentRequest } from '@frontrow/application/ports/shared/idempotency.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { RequestedBest } from '@frontrow/domain/halls/requested-best.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import {
  type ConfirmedReservation,
  type HeldReservation,
  confirm,
} from '@frontrow/domain/booking/reservation.ts';
import { afterAll, beforeAll } from 'vitest';
import {
  type ConcertOnSale,
  type ConcertOnSaleOptions,
  createConcertOnSale,
  createBookableDate,
} from './concert-on-sale.ts';
import { unwrap } from './results.ts';
import type { OpenEnvironment, TestEnvironment } from './environments.ts';

/** A user, and the ticket of the user's place in a waiting room. */
export type FanWithTicket = { readonly userId: string; readonly ticket: Ticket };

/** An environment, and the steps that most tests of the use cases begin with. Refusals that the types do not show throw. */
export type SaleFixture = TestEnvironment & {
  /** By default the date has ten seats at 1,000 won each, and the waiting room admits everyone at once. */
  openSale(options?: ConcertOnSaleOptions): Promise<ConcertOnSale>;
  addDate(sale: ConcertOnSale, facts: Partial<ConcertEvent>): Promise<ConcertEvent>;
  newUser(): string;
  /** A request with a new idempotency key; `facts` replaces its properties. */
  newRequest(userId: string, facts?: Partial<IdempotentRequest>): IdempotentRequest;
  join(sale: ConcertOnSale, userId?: string): Promise<FanWithTicket>;
  charge(userId: string, amount: number): Promise<void>;
  /** The result of a hold with a new idempotency key. */
  hold(
    fan: FanWithTicket,
    sale: ConcertOnSale,
    seatNumbers: readonly number[],
  ): ReturnType<TestEnvironment['app']['holdSeats']>;
  /** The result of a hold of the best available seats, by default of a new fan. */
  holdBest(
    sale: ConcertOnSale,
    best: RequestedBest,
    fan?: FanWithTicket,
  ): ReturnType<TestEnvironment['app']['holdSeats']>;
  /** A live hold, by default of a new fan. */
  createHold(
    sale: ConcertOnSale,
    seatNumbers: readonly number[],
    fan?: FanWithTicket,
  ): Promise<{ fan: FanWithTicket; reservation: HeldReservation }>;
  pay(userId: string, reservationId: string): ReturnType<TestEnvironment['app']['payReservation']>;
  /** A paid reservation of a new fan, whose wallet is empty afterwards. */
  buy(
    sale: ConcertOnSale,
    seatNumbers: readonly number[],
  ): Promise<{ fan: FanWithTicket; reservation: ConfirmedReservation }>;
  /** The result of a refund of the named seats, or of all that are left. */
  refund(
    userId: string,
    reservationId: string,
    seatNumbers?: readonly number[],
  ): ReturnType<TestEnvironment['app']['refundReservation']>;
  seatStatus(sale: ConcertOnSale, seatNumber: number): Promise<string | undefined>;
  reservationStatus(reservationId: string): Promise<string | undefined>;
};

/** Opens one environment for the tests of a `describe`, and closes it after them. */
export function useSaleFixture(open: OpenEnvironment): () => SaleFixture {
  let fixture: SaleFixture | null = null;
  beforeAll(async () => {
    fixture = createSaleFixture(await open());
  });
  afterAll(() => fixture?.close());
  return () => {
    if (fixture === null) throw new Error('the fixture is available only while a test runs');
    return fixture;
  };
}

/** The use cases on a waiting room whose `end` fails, as when Redis is away. */
export function appWithFailingRoomEnd({ ports }: TestEnvironment): Application {
  return createApplication({ ...ports, waitingRoom: { ...ports.waitingRoom, end: failToEnd } });
}

function failToEnd(): Promise<void> {
  return Promise.reject(new Unavailable('redis'));
}

export function createSaleFixture(environment: TestEnvironment): SaleFixture {
  const { app, ports } = environment;
  const newUser = () => `user-${ports.ids.next()}`;
  const newRequest = (userId: string, facts: Partial<IdempotentRequest> = {}): IdempotentRequest => ({
    userId,
    operation: 'POST /v1/something',
    key: ports.ids.next(),
    fingerprint: 'f'.repeat(64),
    ...facts,
  });

  async function join(sale: ConcertOnSale, userId = newUser()): Promise<FanWithTicket> {
    const { status } = unwrap(await app.issueQueueToken({ concertId: sale.concertId, userId }));
    const ticket = ports.tokenSigner.verify(status.token ?? '');
    if (ticket === null) throw new Error('the ticket is not signed');
    return { userId, ticket };
  }
  const hold: SaleFixture['hold'] = ({ userId, ticket }, { event }, seatNumbers) =>
    app.holdSeats({ userId, ticket, eventId: event.id, seatNumbers, request: newRequest(userId) });

  const holdBest: SaleFixture['holdBest'] = async (sale, bestAvailable, holder) => {
    const fan = holder ?? (await join(sale));
    return app.holdSeats({ ...fan, eventId: sale.event.id, bestAvailable, request: newRequest(fan.userId) });
  };
  const pay: SaleFixture['pay'] = (userId, reservationId) =>
    app.payReservation({ userId, reservationId, request: newRequest(userId) });
  const createHold: SaleFixture['createHold'] = async (sale, seatNumbers, holder) => {
    const fan = holder ?? (await join(sale));
    return { fan, reservation: unwrap(await hold(fan, sale, seatNumbers)).value };
  };
  const charge: SaleFixture['charge'] = async (userId, amount) => {
    unwrap(await app.chargeWallet({ userId, amount, request: newRequest(userId) }));
  };

  return {
    ...environment,
    newUser,
    newRequest,
    join,
    hold,
    holdBest,
    openSale: (options) => createConcertOnSale(app, ports.clock.now(), options),
    addDate: ({ concertId }, facts) => createBookableDate(app, concertId, ports.clock.now(), facts),
    charge,
    createHold,
    pay,
    async buy(sale, seatNumbers) {
      const { fan, reservation } = await createHold(sale, seatNumbers);
      if (reservation.totalAmount > 0) await charge(fan.userId, reservation.totalAmount);
      const { value: payment } = unwrap(await pay(fan.userId, reservation.id));
      await app.countInventory(); // after a sale that no count covers, the room admits nobody
      return { fan, reservation: confirm(reservation, payment.id) };
    },
    refund: (userId, reservationId, seatNumbers) =>
      app.refundReservation({
        userId,
        reservationId,
        seatNumbers: seatNumbers ?? null,
        request: newRequest(userId),
      }),
    async seatStatus({ event }, seatNumber) {
      return (await ports.seatReads.list(event.id, [])).seats[seatNumber - 1]?.status;
    },
    async reservationStatus(reservationId) {
      return (await ports.reservationReads.find(reservationId))?.status;
    },
  };
}
