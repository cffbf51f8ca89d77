import type { EventDetails, SeatChoice, SeatFacts, SeatsChange } from '@frontrow/client';
import { type ReadonlySignal, type Signal, batch, computed, signal } from '@preact/signals';
import type { ChoiceStorage } from './seats/choice-storage.ts';
import { splitByStatus, toggleSeat } from './seats/choice.ts';
import type { Hall } from './seats/hall-seats.ts';
import { type SeatStatuses, createSeatStatuses } from './seats/seat-statuses.ts';
import type { HoldProblem, HoldResult, LiveHold } from './hold/send-hold.ts';

/** A message about the choice; the next one replaces it. */
export type HallNotice =
  | { readonly kind: 'lost'; readonly seats: readonly number[] }
  | { readonly kind: 'full'; readonly seatsMax: number }
  | { readonly kind: 'live-hold'; readonly reservationId: string }
  | { readonly kind: 'refused'; readonly problem: HoldProblem; readonly request: SeatChoice };

/** The seats of a date on the page, and what the fan has chosen of them. */
export type HallModel = {
  readonly event: EventDetails;
  readonly hall: Signal<Hall | null>;
  readonly statuses: SeatStatuses;
  /** Null until the first reading of the seats. */
  readonly facts: ReadonlySignal<SeatFacts | null>;
  readonly chosen: ReadonlySignal<readonly number[]>;
  readonly totalAmount: ReadonlySignal<number>;
  readonly liveHold: Signal<LiveHold | null>;
  /** How many seats one reservation may have, once a refusal has told. */
  readonly seatsMax: ReadonlySignal<number | null>;
  /** Whether the fan has said that they need an accessible seat. */
  readonly needsAccessible: Signal<boolean>;
  readonly notice: Signal<HallNotice | null>;
  /** Whether a hold waits for its answer. */
  readonly isHolding: ReadonlySignal<boolean>;
  takeSeats(change: SeatsChange): void;
  toggle(number: number): void;
  choose(numbers: readonly number[]): void;
  /** The id of the reservation, or null after a refusal. */
  hold(choice: SeatChoice): Promise<string | null>;
};

type HallModelOptions = {
  readonly event: EventDetails;
  readonly storage: ChoiceStorage;
  readonly sendHold: (concertId: string, choice: SeatChoice) => Promise<HoldResult>;
};

export function createHallModel({ event, storage, sendHold }: HallModelOptions): HallModel {
  const hall = signal<Hall | null>(null);
  const facts = signal<SeatFacts | null>(null);
  const chosen = signal(storage.read());
  const liveHold = signal<LiveHold | null>(null);
  const seatsMax = signal<number | null>(null);
  const needsAccessible = signal(false);
  const notice = signal<HallNotice | null>(null);
  const isHolding = signal(false);
  const statuses = createSeatStatuses(
    hall,
    computed(() => new Set(chosen.value)),
    computed(() => new Set(liveHold.value?.seatNumbers)),
  );

  function choose(numbers: readonly number[]): void {
    chosen.value = numbers;
    storage.write(numbers);
  }

  /** Seats of a hold that waits for its answer may be shown as taken because that hold has taken them. */
  function dropLostSeats(): void {
    if (isHolding.value || facts.value === null) return;
    const { kept, lost } = splitByStatus(chosen.value, (number) => statuses.peek(number));
    if (lost.length === 0) return;
    choose(kept);
    notice.value = { kind: 'lost', seats: lost };
  }

  function takeRefusal(problem: HoldProblem, request: SeatChoice): void {
    notice.value = { kind: 'refused', problem, request };
    if (problem.code === 'TOO_MANY_SEATS') seatsMax.value = problem.maxSeatsPerReservation;
    if (problem.code === 'SEAT_UNAVAILABLE') {
      const taken = new Set(problem.unavailableSeats);
      choose(chosen.value.filter((number) => !taken.has(number)));
    } else dropLostSeats();
  }

  return {
    event,
    hall,
    statuses,
    facts,
    chosen,
    totalAmount: computed(() =>
      chosen.value.reduce((sum, number) => sum + (hall.value?.seats[number - 1]?.category.price ?? 0), 0),
    ),
    liveHold,
    seatsMax,
    needsAccessible,
    notice,
    isHolding,
    takeSeats(change) {
      batch(() => {
        facts.value = change.facts;
        if (change.kind === 'snapshot') statuses.replace(change.statuses);
        else statuses.apply(change.seats);
        dropLostSeats();
      });
    },
    toggle(number) {
      const isChosen = chosen.value.includes(number);
      if (isHolding.value || (!isChosen && statuses.peek(number) !== 'AVAILABLE')) return;
      if (!isChosen && seatsMax.value !== null && chosen.value.length >= seatsMax.value)
        notice.value = { kind: 'full', seatsMax: seatsMax.value };
      else choose(toggleSeat(chosen.value, number));
    },
    choose,
    async hold(choice) {
      if (isHolding.value) return null;
      isHolding.value = true;
      notice.value = null;
      const result = await sendHold(event.concertId, choice);
      return batch(() => {
        isHolding.value = false;
        if (result.ok) choose([]);
        else takeRefusal(result.problem, choice);
        return result.ok ? result.reservationId : null;
      });
    },
  };
}
