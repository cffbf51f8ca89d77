import type { ReadonlySignal } from '@preact/signals';
import { formatMoney, formatNumber } from '../../../shared/i18n/formats.ts';
import type { Category } from '../../hall/hall.ts';
import { STATES, countStates } from '../../hall/seat-states.ts';

export type LegendProps = {
  readonly letters: ReadonlySignal<string>;
  readonly categories: readonly Category[];
};

/** What the patterns and the lines below the seats mean, with how many seats are in each state. */
export function Legend({ letters, categories }: LegendProps) {
  const counts = countStates(letters.value);
  return (
    <div class="row row-spread">
      <ul class="row legend" aria-label="States">
        {STATES.map(({ letter, name }) => (
          <li key={letter} class="row legend-entry">
            <span class={`seat seat-sample seat-${name}`} aria-hidden="true" />
            <span>
              <strong class="numbers">{formatNumber(counts[letter])}</strong> {name}
            </span>
          </li>
        ))}
      </ul>
      {categories.length > 1 && (
        <ul class="row legend small" aria-label="Categories">
          {categories.map(({ key, name, price, colour }) => (
            <li key={key} class="row legend-entry">
              <span class="category-line" style={{ background: colour }} aria-hidden="true" />
              <span>
                {name} <span class="muted numbers">{formatMoney(price)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
