import { formatMoney } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import { hallMessages } from '../messages.ts';
import type { Hall, HallSection } from '../seats/hall-seats.ts';
import { SeatIcon } from './seat-icon.tsx';
import './seats.css';
import './legend.css';

/** What the colours and shapes of seats mean, and what the categories cost. */
export function Legend({
  hall,
  section,
}: {
  readonly hall: Hall;
  readonly section: HallSection | undefined;
}) {
  const { legend, legendTitle } = textsOf(hallMessages);
  const categories = section?.categories ?? hall.categories;
  const seats = (section === undefined ? hall.sections : [section]).flatMap(({ rows }) =>
    rows.flatMap((row) => row.seats),
  );
  const kinds = (['accessible', 'companion'] as const).filter((kind) =>
    seats.some((seat) => seat.kind === kind),
  );
  const isGrid = section !== undefined && !section.isStanding;
  return (
    <ul class="legend small" aria-label={legendTitle}>
      {categories.map(({ key, name, price, colour }) => (
        <li key={key}>
          <span class="legend-seat" style={{ '--seat': colour }} aria-hidden="true" />
          {hall.hasLayout && name} <strong class="numbers">{formatMoney(price)}</strong>
        </li>
      ))}
      {isGrid && (
        <>
          {(['chosen', 'held', 'sold'] as const).map((look) => (
            <li key={look} class="muted">
              <span class={`legend-seat seat-${look}`} aria-hidden="true" />
              {legend[look]}
            </li>
          ))}
          {kinds.map((kind) => (
            <li key={kind} class="muted">
              <span class="legend-icon" aria-hidden="true">
                <SeatIcon kind={kind} />
              </span>
              {legend[kind]}
            </li>
          ))}
        </>
      )}
    </ul>
  );
}
