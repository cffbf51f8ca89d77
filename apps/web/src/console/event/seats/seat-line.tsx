import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { HallLine } from '../../hall/parts.ts';
import { stateName } from '../../hall/seat-states.ts';
import type { Selection } from './selection.ts';

export type SeatLineProps = {
  readonly line: HallLine;
  readonly letters: ReadonlySignal<string>;
  readonly selection: Selection;
  /** The seat that the Tab key reaches. */
  readonly focused: ReadonlySignal<number>;
  readonly colours: ReadonlyMap<string, string>;
};

/** A line of the map. It renders again only when one of its own seats has changed. */
export function SeatLine({ line, letters, selection, focused, colours }: SeatLineProps) {
  const { firstNumber, seats, label, name } = line;
  const end = firstNumber + seats.length;
  const states = useComputed(() => letters.value.slice(firstNumber - 1, end - 1));
  const chosen = useComputed(() => numbersIn(selection.numbers.value, firstNumber, end).join());
  const reached = useComputed(() => (isIn(focused.value, firstNumber, end) ? focused.value : 0));
  const chosenNumbers = new Set(chosen.value.split(',').map(Number));
  const ofLine = seats.map((_, index) => firstNumber + index);
  return (
    <div class="seat-line" role="row">
      <div role="rowheader" class="seat-line-head">
        <button
          type="button"
          class="seat-line-name"
          title="Choose the line"
          tabIndex={-1}
          onClick={() => selection.toggleAll(ofLine)}
        >
          {name}
        </button>
      </div>
      {seats.map((seat, index) => {
        const number = firstNumber + index;
        const isChosen = chosenNumbers.has(number);
        const state = stateName(states.value, index + 1);
        return (
          <div
            key={number}
            role="gridcell"
            aria-selected={isChosen}
            aria-label={nameOf(seat, label, state)}
            tabIndex={reached.value === number ? 0 : -1}
            data-seat={number}
            class={`seat seat-${state}${isChosen ? ' seat-chosen' : ''}`}
            style={{ '--category': colours.get(seat.category) ?? 'transparent' }}
          >
            {seat.label}
          </div>
        );
      })}
    </div>
  );
}

function nameOf(seat: HallLine['seats'][number], row: string, state: string): string {
  const notes = [seat.accessible && 'accessible', seat.companionOf && 'companion', seat.obstructedView];
  return [`Row ${row}, seat ${seat.label}, ${state}`, ...notes.filter(Boolean)].join(', ');
}

function numbersIn(numbers: ReadonlySet<number>, from: number, end: number): number[] {
  if (numbers.size === 0) return [];
  return Array.from({ length: end - from }, (_, index) => from + index).filter((each) => numbers.has(each));
}

function isIn(number: number, from: number, end: number): boolean {
  return number >= from && number < end;
}
