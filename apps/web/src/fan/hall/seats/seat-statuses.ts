import type { SeatStatus } from '@frontrow/client';
import { type ReadonlySignal, type Signal, computed, signal } from '@preact/signals';
import type { Hall } from './hall-seats.ts';

/** What a fan can know of a seat. `mine`: in the live hold of this fan. */
export type SeatLook = 'free' | 'chosen' | 'mine' | 'held' | 'sold' | 'blocked';

export type SeatStatuses = {
  /** Of one seat; a component that reads it renders again only when this seat changes. */
  lookOf(number: number): SeatLook;
  /** The status now, without a subscription. */
  peek(number: number): SeatStatus;
  /** How many seats of each section are free, by index. */
  readonly freeBySection: ReadonlySignal<readonly number[]>;
  /** Grows with every change of any seat. */
  readonly revision: ReadonlySignal<number>;
  replace(statuses: readonly SeatStatus[]): void;
  apply(changes: readonly SeatChange[]): void;
};

type SeatChange = { readonly number: number; readonly status: SeatStatus };

const LOOKS = { AVAILABLE: 'free', HELD: 'held', SOLD: 'sold', BLOCKED: 'blocked' } as const;

/**
 * The statuses of the seats of a date. A seat has a signal from the first time that somebody looks at it, so a hall of 50,000
 * seats costs what is shown of it.
 */
export function createSeatStatuses(
  hall: ReadonlySignal<Hall | null>,
  chosen: ReadonlySignal<ReadonlySet<number>>,
  mine: ReadonlySignal<ReadonlySet<number>>,
): SeatStatuses {
  let statuses: SeatStatus[] = [];
  const watched = new Map<number, Signal<SeatStatus>>();
  const looks = new Map<number, ReadonlySignal<SeatLook>>();
  const revision = signal(0);

  const peek = (number: number) => statuses[number - 1] ?? 'BLOCKED';

  function lookSignal(number: number): ReadonlySignal<SeatLook> {
    const status = signal(peek(number));
    watched.set(number, status);
    return computed(() => {
      if (status.value === 'HELD' && mine.value.has(number)) return 'mine';
      return chosen.value.has(number) ? 'chosen' : LOOKS[status.value];
    });
  }

  const freeBySection = computed(() => {
    const counts = (hall.value?.sections ?? []).map(() => 0);
    if (revision.value === 0) return counts;
    for (const { number, section } of hall.value?.seats ?? [])
      if (peek(number) === 'AVAILABLE') counts[section] = (counts[section] ?? 0) + 1;
    return counts;
  });

  return {
    lookOf(number) {
      const look = looks.get(number) ?? lookSignal(number);
      looks.set(number, look);
      return look.value;
    },
    peek,
    freeBySection,
    revision,
    replace(next) {
      statuses = [...next];
      for (const [number, status] of watched) status.value = peek(number);
      revision.value += 1;
    },
    apply(changes) {
      for (const { number, status } of changes) {
        statuses[number - 1] = status;
        const seen = watched.get(number);
        if (seen !== undefined) seen.value = status;
      }
      revision.value += 1;
    },
  };
}
