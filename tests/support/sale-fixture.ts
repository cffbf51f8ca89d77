import { type Application, createApplication } from '@frontrow/application/application.ts';
import type { IdempotentRequest } from '@frontrow/application/ports/shared/idempotency.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { HoldPolicy } from '@frontrow/domain/booking/hold-policy.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import { afterAll, beforeAll } from 'vitest';
import type { OpenEnvironment, TestEnvironment } from './environments.ts';

export const HOUR_MS = 60 * 60 * 1000;

/** A concert, and its first date. */
export type ConcertOnSale = { readonly concertId: string; readonly event: ConcertEvent };
export type SaleOptions = {
  readonly admission?: Partial<AdmissionPolicy>;
  readonly hold?: Partial<HoldPolicy>;
  readonly event?: Partial<ConcertEvent>;
};
/** A user with a place in a concert's waiting room. */
export type FanWithTicket = { readonly userId: string; readonly ticket: Ticket };

/** A world, and the steps that most tests begin with. */
export type SaleFixture = TestEnvironment & {
  /** Unless told otherwise: ten seats at 1,000 won, selling now, and a room that lets everyone in. */
  openSale(options?: SaleOptions): Promise<ConcertOnSale>;
  addDate(sale: ConcertOnSale, facts: Partial<ConcertEvent>): Promise<ConcertEvent>;
  newUser(): string;
  /** A request never made before, unless told otherwise. */
  newRequest(userId: string, facts?: Partial<IdempotentRequest>): IdempotentRequest;
  join(sale: ConcertOnSale, userId?: string): Promise<FanWithTicket>;
  charge(userId: string, amount: number): Promise<void>;
  /** The answer of a hold, by a request never made before. */
  hold(
    fan: FanWithTicket,
    sale: ConcertOnSale,
    seatNumbers: readonly number[],
  ): ReturnType<TestEnvironment['app']['holdSeats']>;
  /** A live hold; `fan` may be a newcomer. */
  createHold(
    sale: ConcertOnSale,
    seatNumbers: readonly number[],
    fan?: FanWithTicket,
  ): Promise<{ fan: FanWithTicket; reservation: HeldReservation }>;
  pay(userId: string, reservationId: string): ReturnType<TestEnvironment['app']['payReservation']>;
  seatStatus(sale: ConcertOnSale, seatNumber: number): Promise<string | undefined>;
  reservationStatus(reservationId: string): Promise<string | undefined>;
};

/** One world for the tests of a `describe`. */
export function useSaleFixture(open: OpenEnvironment): () => SaleFixture {
  let stage: SaleFixture | null = null;
  beforeAll(async () => {
    stage = createSaleFixture(await open());
  });
  afterAll(() => stage?.close());
  return () => {
    if (stage === null) throw new Error('the stage stands while a test runs, not before');
    return stage;
  };
}

/** The value of what must not be refused here. */
export function unwrap<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
}

/** A refusal, as a use case answers it. */
export function refused(code: string, facts: object = {}): object {
  return { ok: false, refusal: { code, ...facts } };
}

/** The use cases while the waiting room takes no ends, as when Redis is away. */
export function appWithFailingRoomEnd({ ports }: TestEnvironment): Application {
  return createApplication({ ...ports, waitingRoom: { ...ports.waitingRoom, end: failToEnd } });
}

function failToEnd(): Promise<void> {
  return Promise.reject(new Unavailable('redis'));
}

export function createSaleFixture(world: TestEnvironment): SaleFixture {
  const { app, ports } = world;
  const newUser = () => `user-${ports.ids.next()}`;
  const newRequest = (userId: string, facts: Partial<IdempotentRequest> = {}): IdempotentRequest => ({
    userId,
    operation: 'POST /v1/something',
    key: ports.ids.next(),
    fingerprint: 'f'.repeat(64),
    ...facts,
  });

  async function addDate(concertId: string, facts: Partial<ConcertEvent> = {}): Promise<ConcertEvent> {
    const now = ports.clock.now();
    const { id: _, ...usual } = { id: '', ...sellingAt(now), ...facts };
    return unwrap(await app.createEvent({ refundUntil: null, ...usual, concertId, request: null })).value;
  }
  async function join(sale: ConcertOnSale, userId = newUser()): Promise<FanWithTicket> {
    const { status } = unwrap(await app.issueQueueToken({ concertId: sale.concertId, userId }));
    const ticket = ports.tokenSigner.verify(status.token ?? '');
    if (ticket === null) throw new Error('the ticket is not signed by us');
    return { userId, ticket };
  }
  const hold: SaleFixture['hold'] = ({ userId, ticket }, { event }, seatNumbers) =>
    app.holdSeats({ userId, ticket, eventId: event.id, seatNumbers, request: newRequest(userId) });

  return {
    ...world,
    newUser,
    newRequest,
    join,
    hold,
    async openSale({ admission = {}, hold: holdPolicy = {}, event } = {}) {
      const facts = { title: 'Winter Light', artist: 'The Night Owls', description: '', request: null };
      const concertId = unwrap(await app.createConcert(facts)).value.id;
      unwrap(await app.changePolicy({ concertId, admission, hold: holdPolicy }));
      return { concertId, event: await addDate(concertId, event) };
    },
    addDate: ({ concertId }, facts) => addDate(concertId, facts),
    async charge(userId, amount) {
      unwrap(await app.chargeWallet({ userId, amount, request: newRequest(userId) }));
    },
    async createHold(sale, seatNumbers, given) {
      const fan = given ?? (await join(sale));
      return { fan, reservation: unwrap(await hold(fan, sale, seatNumbers)).value };
    },
    pay: (userId, reservationId) =>
      app.payReservation({ userId, reservationId, request: newRequest(userId) }),
    async seatStatus({ event }, seatNumber) {
      return (await ports.seatReads.list(event.id, [])).seats[seatNumber - 1]?.status;
    },
    async reservationStatus(reservationId) {
      return (await ports.reservationReads.find(reservationId))?.status;
    },
  };
}

function sellingAt(now: number) {
  return {
    venue: 'Olympic Hall',
    startsAt: now + 48 * HOUR_MS,
    reservationStartAt: now - HOUR_MS,
    reservationEndAt: now + 24 * HOUR_MS,
    seatCount: 10,
    price: 1_000,
  };
}
