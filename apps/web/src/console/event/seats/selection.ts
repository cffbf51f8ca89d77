import { type ReadonlySignal, signal } from '@preact/signals';

/** The seats that an operator has chosen on the map. */
export type Selection = {
  readonly numbers: ReadonlySignal<ReadonlySet<number>>;
  readonly toggle: (number: number) => void;
  /** Chooses all seats from the one that was toggled last to this one. */
  readonly extendTo: (number: number) => void;
  /** Chooses all of them, or none of them where all are chosen. */
  readonly toggleAll: (numbers: readonly number[]) => void;
  readonly clear: () => void;
};

export function createSelection(): Selection {
  const numbers = signal<ReadonlySet<number>>(new Set());
  let anchor: number | null = null;
  return {
    numbers,
    toggle(number) {
      anchor = number;
      const chosen = new Set(numbers.peek());
      if (!chosen.delete(number)) chosen.add(number);
      numbers.value = chosen;
    },
    extendTo(number) {
      const chosen = new Set(numbers.peek());
      const [from, to] = [anchor ?? number, number].toSorted((a, b) => a - b) as [number, number];
      for (let each = from; each <= to; each += 1) chosen.add(each);
      numbers.value = chosen;
    },
    toggleAll(all) {
      const chosen = new Set(numbers.peek());
      const areChosen = all.every((number) => chosen.has(number));
      for (const number of all)
        if (areChosen) chosen.delete(number);
        else chosen.add(number);
      numbers.value = chosen;
    },
    clear() {
      anchor = null;
      numbers.value = new Set();
    },
  };
}
