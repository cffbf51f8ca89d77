import type { EventId, ReservationId } from '@frontrow/domain/shared/ids.ts';
import {
  type Seat,
  block,
  hold,
  mayBlock,
  mayHoldEach,
  release,
  reprice,
  returnToSale,
  seatAt,
  sell,
  unblock,
} from '@frontrow/domain/booking/seat.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { newSeats } from '@frontrow/domain/halls/new-seats.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addConcertWithLayout } from '../shared/contract-builders.ts';
import { eventually, write } from '../shared/contract-support.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type { SeatClaim } from '../../src/ports/booking/seats.ts';

const SEATS = 5;
const LONG_MS = 5 * 60_000;
const LAPSING_MS = 1;

/** Requests that are decided together. */
type Hold = {
  readonly kind: 'HOLD' | 'HOLD_BRIEFLY';
  readonly requests: readonly (readonly number[])[];
};
/** Changes the seats of the nth claim. */
type Change = { readonly kind: 'SELL' | 'RELEASE' | 'RETURN_TO_SALE'; readonly nth: number };

/** Keeps seats back from sale, or returns those of them that are blocked. */
type Block = { readonly kind: 'BLOCK' | 'UNBLOCK'; readonly seatNumbers: readonly number[] };
/** A new version of the layout: the category of each seat, and the price of each category. */
type Arrange = { readonly categories: readonly (0 | 1)[]; readonly prices: readonly [number, number] };
type Step = Hold | Change | Block | Arrange;

const seatNumbers = fc
  .uniqueArray(fc.integer({ min: 1, max: SEATS }), { minLength: 1, maxLength: 3 })
  .map((numbers) => numbers.toSorted((a, b) => a - b));
const listOf = (length: number) => fc.array(seatNumbers, { minLength: length, maxLength: length });
// A brief hold is decided by itself, because it may lapse before the next of its list is decided.
const holdStep = fc.oneof<fc.Arbitrary<Hold>[]>(
  fc.record({
    kind: fc.constant('HOLD'),
    requests: fc.oneof(
      { weight: 6, arbitrary: listOf(1) },
      { weight: 3, arbitrary: listOf(2) },
      { weight: 1, arbitrary: listOf(64) },
    ),
  }),
  fc.record({ kind: fc.constant('HOLD_BRIEFLY'), requests: listOf(1) }),
);
const changeStep = fc.record<Change>({
  kind: fc.constantFrom('SELL', 'RELEASE', 'RETURN_TO_SALE'),
  nth: fc.nat({ max: 9 }),
});
const blockStep = fc.record<Block>({ kind: fc.constantFrom('BLOCK', 'UNBLOCK'), seatNumbers });
const arrangeStep = fc.record<Arrange>({
  categories: fc.array(fc.constantFrom(0, 1), { minLength: SEATS, maxLength: SEATS }),
  prices: fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })),
});
const steps = fc.array(
  fc.oneof<fc.WeightedArbitrary<Step>[]>(
    { weight: 3, arbitrary: holdStep },
    { weight: 3, arbitrary: changeStep },
    { weight: 1, arbitrary: blockStep },
    { weight: 1, arbitrary: arrangeStep },
  ),
  { minLength: 4, maxLength: 16 },
);

const FIRST: Arrange = { categories: [0, 0, 0, 1, 1], prices: [100, 60] };
/** The house blocks the last seat. */
const BLOCKED = { blocked: 'camera' };

function layoutOf({ categories, prices }: Arrange): Layout {
  const seats = categories.map((category, index) => ({
    label: `${index + 1}`,
    x: index,
    y: 0,
    category: `${category}`,
    ...(index === SEATS - 1 ? BLOCKED : {}),
  }));
  return {
    categories: prices.map((price, key) => ({ key: `${key}`, name: `${key}`, price, colour: '#1e90ff' })),
    sections: [{ name: 'Hall', kind: 'SEATED', outline: [], rows: [{ label: 'A', seats }] }],
  };
}

const NOW = 1;
/** The seats of one event by the functions of the domain. A lapsed hold expires at 0, a live one never. */
function createModel(eventId: EventId) {
  let seats: readonly Seat[] = newSeats(layoutOf(FIRST)).map(({ number, price, blockReason }) => ({
    status: blockReason === null ? 'AVAILABLE' : 'BLOCKED',
    eventId,
    number,
    price,
  }));
  return {
    shown: () => seats.map((seat) => seatAt(seat, NOW)).map(({ status, price }) => ({ status, price })),
    arrange({ categories, prices }: Arrange): void {
      seats = seats.map((seat) => reprice(seat, prices[categories[seat.number - 1]!]));
    },
    hold(claims: readonly SeatClaim[], isBrief: boolean) {
      const decided = mayHoldEach(claims, seats, NOW);
      const holdExpiresAt = isBrief ? 0 : Number.MAX_SAFE_INTEGER;
      for (const [index, free] of decided.entries())
        for (const seat of free.ok ? free.value : [])
          seats = seats.with(seat.number - 1, hold(seat, claims[index]!.reservationId, holdExpiresAt));
      return decided;
    },
    block(numbers: readonly number[]) {
      const blockable = mayBlock(
        numbers.map((number) => seats[number - 1]!),
        NOW,
      );
      for (const seat of blockable.ok ? blockable.value : [])
        seats = seats.with(seat.number - 1, block(seat));
      return blockable;
    },
    unblock(numbers: readonly number[]): readonly number[] {
      const blocked = seats
        .filter(({ number }) => numbers.includes(number))
        .filter((seat) => seat.status === 'BLOCKED');
      for (const seat of blocked) seats = seats.with(seat.number - 1, unblock(seat));
      return blocked.map(({ number }) => number);
    },
    change(id: ReservationId, kind: Change['kind']): number {
      const before = seats;
      seats = seats.map((seat) => {
        if (!('reservationId' in seat) || seat.reservationId !== id) return seat;
        if (kind === 'RETURN_TO_SALE') return seat.status === 'SOLD' ? returnToSale(seat) : seat;
        if (seat.status === 'SOLD') return seat;
        return kind === 'SELL' ? sell(seat) : release(seat);
      });
      return seats.filter((seat, index) => seat !== before[index]).length;
    },
  };
}

/** Random holds, sales, releases, returns to sale, blocks and layouts return and leave what the domain decides. */
export function itDecidesOnSeatsAsTheDomainDoes(
  ports: () => Pick<Ports, 'transact' | 'seatReads' | 'ids'>,
): void {
  async function follow(script: readonly Step[]): Promise<void> {
    const { event } = await addConcertWithLayout(ports(), layoutOf(FIRST));
    const model = createModel(event.id);
    const claims: (SeatClaim & { readonly isBrief: boolean })[] = [];

    async function holdBoth({ kind, requests }: Hold): Promise<void> {
      const together = requests.map((numbers) => ({
        eventId: event.id,
        reservationId: ports().ids.next(),
        seatNumbers: numbers,
      }));
      const isBrief = kind === 'HOLD_BRIEFLY';
      claims.push(...together.map((claim) => ({ ...claim, isBrief })));
      const ttlMs = isBrief ? LAPSING_MS : LONG_MS;
      const held = await write(ports(), ({ seats }) =>
        seats.hold(
          together.map((claim) => ({ ...claim, ttlMs })),
          'SKIP',
        ),
      );
      const expected = model.hold(together, isBrief);
      expect(held).toHaveLength(together.length);
      for (const [index, free] of expected.entries()) {
        const totalAmount = free.ok ? sum(free.value.map(({ price }) => price)) : 0;
        expect(held[index]).toMatchObject(free.ok ? { ok: true, value: { totalAmount } } : free);
      }
    }
    async function changeBoth({ kind, nth }: Change): Promise<void> {
      const claim = claims[nth];
      // No one sells a lapsed hold: its seats are free, whether or not their rows still name it.
      if (claim === undefined || (kind === 'SELL' && claim.isBrief)) return;
      const changed = await write(ports(), ({ seats }) => {
        if (kind === 'SELL') return seats.sell([claim]);
        return kind === 'RELEASE' ? seats.release(claim) : seats.returnToSale([claim]);
      });
      const expected = model.change(claim.reservationId, kind);
      if (!claim.isBrief) expect(changed).toBe(expected);
    }

    async function blockBoth({ kind, seatNumbers: numbers }: Block): Promise<void> {
      if (kind === 'UNBLOCK') {
        const released = await write(ports(), ({ blockedSeats }) => blockedSeats.release(event.id, numbers));
        expect(released.map(({ number }) => number)).toEqual(model.unblock(numbers));
        return;
      }
      const blocked = await write(ports(), ({ blockedSeats }) =>
        blockedSeats.block(
          event.id,
          numbers.map((number) => ({ number, reason: 'camera' })),
        ),
      );
      const expected = model.block(numbers);
      expect(blocked).toMatchObject(expected.ok ? { ok: true } : expected);
    }
    async function arrangeBoth(arranged: Arrange): Promise<void> {
      await write(ports(), ({ concerts }) => concerts.arrangeSeats(event.id, newSeats(layoutOf(arranged))));
      model.arrange(arranged);
    }
    const runBoth = (step: Step) => {
      if ('nth' in step) return changeBoth(step);
      if ('requests' in step) return holdBoth(step);
      return 'prices' in step ? arrangeBoth(step) : blockBoth(step);
    };

    for (const step of script) {
      await runBoth(step);
      await eventually(async () => {
        const { seats } = await ports().seatReads.list(event.id, []);
        expect(seats.map(({ status, price }) => ({ status, price }))).toEqual(model.shown());
      });
    }
  }

  it('decides like the domain after any history', async () => {
    await fc.assert(fc.asyncProperty(steps, follow), { numRuns: 25 });
  });
}
