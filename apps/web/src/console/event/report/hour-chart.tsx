import { formatMoney } from '../../../shared/i18n/formats.ts';
import { type HourBar, axisEnd } from './chart-data.ts';

const HEIGHT = 100;
const WIDTH = 1_000;
const GAP = 2;
const HOUR = new Intl.DateTimeFormat('en', { hour: '2-digit', hourCycle: 'h23', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });

/** What was paid and refunded in each hour, as bars above and below a line. The table below it has the same numbers. */
export function HourChart({ bars }: { readonly bars: readonly HourBar[] }) {
  const end = axisEnd(Math.max(...bars.map(({ paid, refunded }) => Math.max(paid, refunded))));
  const step = WIDTH / Math.max(bars.length, 12);
  const heightOf = (amount: number) => (amount / end) * HEIGHT;
  const hasRefunds = bars.some(({ refunded }) => refunded > 0);
  const bottom = heightOf(Math.max(...bars.map(({ refunded }) => refunded)));
  return (
    <figure class="chart">
      <figcaption class="row row-spread small">
        <span class="row">
          <span class="chart-key chart-paid" aria-hidden="true" /> Paid
          {hasRefunds && (
            <>
              <span class="chart-key chart-refunded" aria-hidden="true" /> Refunded
            </>
          )}
        </span>
        <span class="muted numbers">Scale to {formatMoney(end)} an hour</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + bottom}`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Paid and refunded by hour"
      >
        {[0.5, 1].map((part) => (
          <line
            key={part}
            class="chart-grid"
            x1={0}
            x2={WIDTH}
            y1={HEIGHT * (1 - part)}
            y2={HEIGHT * (1 - part)}
          />
        ))}
        {bars.map(({ hour, paid, refunded }, index) => (
          <g key={hour}>
            <title>{`${labelOf(hour)}: ${formatMoney(paid)} paid, ${formatMoney(refunded)} refunded`}</title>
            <rect
              class="chart-paid"
              x={index * step + GAP / 2}
              width={Math.max(step - GAP, 1)}
              y={HEIGHT - heightOf(paid)}
              height={heightOf(paid)}
            />
            <rect
              class="chart-refunded"
              x={index * step + GAP / 2}
              width={Math.max(step - GAP, 1)}
              y={HEIGHT}
              height={heightOf(refunded)}
            />
          </g>
        ))}
        <line class="chart-axis" x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <p class="row row-spread muted small">
        <span>{labelOf(bars[0]?.hour)}</span>
        {bars.length > 12 && <span>{labelOf(bars.at(-1)?.hour)}</span>}
      </p>
    </figure>
  );
}

function labelOf(hour: string | undefined): string {
  if (hour === undefined) return '';
  const at = new Date(hour);
  return `${DAY.format(at)} ${HOUR.format(at)}`;
}
