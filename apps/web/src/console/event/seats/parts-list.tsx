import { type ReadonlySignal, type Signal, useComputed } from '@preact/signals';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import type { HallPart } from '../../hall/parts.ts';
import { STATES, countStates } from '../../hall/seat-states.ts';

type PartsListProps = {
  readonly parts: readonly HallPart[];
  readonly letters: ReadonlySignal<string>;
  /** The index of the part that is shown. */
  readonly opened: Signal<number>;
};

/** The parts of a hall with what is left of each. */
export function PartsList({ parts, letters, opened }: PartsListProps) {
  if (parts.length < 2) return null;
  return (
    <ul class="parts" aria-label="Sections">
      {parts.map((part, index) => (
        <li key={part.firstNumber}>
          <PartButton
            part={part}
            letters={letters}
            isOpened={opened.value === index}
            onOpen={() => {
              opened.value = index;
            }}
          />
        </li>
      ))}
    </ul>
  );
}

type PartButtonProps = {
  readonly part: HallPart;
  readonly letters: ReadonlySignal<string>;
  readonly isOpened: boolean;
  readonly onOpen: () => void;
};

function PartButton({ part, letters, isOpened, onOpen }: PartButtonProps) {
  const { name, firstNumber, seatCount } = part;
  const summary = useComputed(() => {
    const counts = countStates(letters.value, firstNumber, seatCount);
    return STATES.map(({ letter }) => counts[letter]).join();
  });
  const counts = summary.value.split(',').map(Number);
  return (
    <button type="button" class="part" aria-pressed={isOpened} onClick={onOpen}>
      <span class="row row-spread">
        <strong>{name}</strong>
        <span class="muted small numbers">
          {formatNumber(counts[0] ?? 0)} of {formatNumber(seatCount)} free
        </span>
      </span>
      <span class="share" aria-hidden="true">
        {STATES.map(({ name: state }, index) => (
          <span key={state} class={`share-${state}`} style={{ flexGrow: counts[index] ?? 0 }} />
        ))}
      </span>
    </button>
  );
}
