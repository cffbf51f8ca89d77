import type { ReadonlySignal } from '@preact/signals';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { STATES, countStates } from '../../hall/seat-states.ts';

/** What the patterns mean, with how many seats are in each state. */
export function Legend({ letters }: { readonly letters: ReadonlySignal<string> }) {
  const counts = countStates(letters.value);
  return (
    <ul class="row legend">
      {STATES.map(({ letter, name }) => (
        <li key={letter} class="row legend-entry">
          <span class={`seat seat-sample seat-${name}`} aria-hidden="true" />
          <span>
            <strong class="numbers">{formatNumber(counts[letter])}</strong> {name}
          </span>
        </li>
      ))}
    </ul>
  );
}
