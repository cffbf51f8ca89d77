import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Category } from '../../hall/hall.ts';
import type { HallPart } from '../../hall/parts.ts';
import { nextSeat } from './next-seat.ts';
import { SeatLine } from './seat-line.tsx';
import type { Selection } from './selection.ts';

export type SeatGridProps = {
  readonly part: HallPart;
  readonly categories: readonly Category[];
  readonly letters: ReadonlySignal<string>;
  readonly selection: Selection;
};

/**
 * The seats of a part as a grid (WAI-ARIA Authoring Practices, grid pattern): arrows move, Space and Enter choose, Shift
 * chooses all seats up to the one that is reached.
 */
export function SeatGrid({ part, categories, letters, selection }: SeatGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const focused = useSignal(part.firstNumber);
  useEffect(() => {
    focused.value = part.firstNumber;
  }, [part]);
  const colours = useMemo(() => new Map(categories.map(({ key, colour }) => [key, colour])), [categories]);

  function reach(number: number): void {
    focused.value = number;
    grid.current?.querySelector<HTMLElement>(`[data-seat="${number}"]`)?.focus();
  }

  function choose(number: number, isRange: boolean): void {
    focused.value = number;
    if (isRange) selection.extendTo(number);
    else selection.toggle(number);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const number = numberOf(event);
    if (number === null) return;
    if (event.key === ' ' || event.key === 'Enter') choose(number, event.shiftKey);
    else {
      const next = nextSeat(part.lines, number, event.key);
      if (next === null) return;
      reach(next);
    }
    event.preventDefault();
  }

  return (
    <div
      ref={grid}
      class="seat-grid"
      role="grid"
      tabIndex={-1}
      aria-label={`Seats of ${part.name}`}
      aria-multiselectable
      style={{ '--line-name': `${longestName(part)}ch` }}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const number = numberOf(event);
        if (number !== null) choose(number, event.shiftKey);
      }}
    >
      {part.lines.map((line) => (
        <SeatLine
          key={line.firstNumber}
          line={line}
          letters={letters}
          selection={selection}
          focused={focused}
          colours={colours}
        />
      ))}
    </div>
  );
}

function numberOf({ target }: Event): number | null {
  const seat = (target as Element).closest<HTMLElement>('[data-seat]');
  return seat === null ? null : Number(seat.dataset['seat']);
}

function longestName({ lines }: HallPart): number {
  return lines.reduce((longest, { name }) => Math.max(longest, name.length), 3);
}
