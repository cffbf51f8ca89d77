import { formatMoney } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import { hallMessages } from '../messages.ts';
import type { Hall } from '../seats/hall-seats.ts';
import { nameSeat } from '../seats/seat-texts.ts';

/** The chosen seats in a list that scrolls sideways, each with a button that removes it. */
export function ChosenSeats({ model, hall }: { readonly model: HallModel; readonly hall: Hall }) {
  const texts = textsOf(hallMessages);
  const chosen = model.chosen.value;
  if (chosen.length === 0) return null;
  return (
    <ul class="tray-seats" aria-label={texts.yourSeats}>
      {chosen.map((number) => {
        const name = nameSeat(hall, number);
        const category = hall.seats[number - 1]?.category;
        return (
          <li key={number} class="tray-seat">
            <span
              class="legend-seat"
              style={{ '--seat': category?.colour ?? 'currentColor' }}
              aria-hidden="true"
            />
            <span class="tray-seat-name">
              {name}
              <span class="muted numbers small">
                {hall.hasLayout && `${category?.name} · `}
                {formatMoney(category?.price ?? 0)}
              </span>
            </span>
            <button
              type="button"
              class="tray-remove"
              aria-label={texts.remove(name)}
              onClick={() => model.toggle(number)}
            >
              ×
            </button>
          </li>
        );
      })}
    </ul>
  );
}
