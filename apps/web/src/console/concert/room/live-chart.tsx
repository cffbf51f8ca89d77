import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { theme } from '../../../shared/theme.ts';
import type { Chart } from './draw-chart.ts';
import type { Column } from './history.ts';

type ChartLine = {
  readonly name: string;
  /** The present value, as text. */
  readonly now: string;
  readonly column: Column;
  readonly isDashed?: boolean;
};

type LiveChartProps = {
  readonly title: string;
  readonly at: readonly number[];
  readonly lines: readonly ChartLine[];
};

/** Lines of the last half hour with a legend that has their present values. The library is loaded when it is needed. */
export function LiveChart({ title, at, lines }: LiveChartProps) {
  const figure = useRef<HTMLElement>(null);
  const chart = useSignal<Chart | null>(null);
  useEffect(() => {
    let isGone = false;
    const draw = async () => {
      const { drawChart } = await import('./draw-chart.ts');
      const frame = figure.current?.querySelector<HTMLElement>('.chart-frame');
      if (isGone || !frame) return;
      const swatches = figure.current?.querySelectorAll('.chart-swatch') ?? [];
      const drawn = [...swatches].map((swatch, place) => ({
        swatch,
        isDashed: lines[place]?.isDashed ?? false,
      }));
      chart.value = drawChart(frame, drawn);
    };
    draw().catch(() => undefined); // without the library the numbers and the table remain
    return () => {
      isGone = true;
      chart.peek()?.remove();
    };
  }, []);
  useEffect(
    () =>
      chart.value?.update(
        at,
        lines.map(({ column }) => column),
      ),
    [at, chart.value],
  );
  useEffect(() => followColours(() => chart.peek()?.redraw()), [theme.value]);
  return (
    <figure ref={figure} class="card chart">
      <figcaption class="section-head">
        <h2>{title}</h2>
        <ul class="chart-legend">
          {lines.map(({ name, now, isDashed }) => (
            <li key={name}>
              <span
                class={isDashed ? 'chart-swatch chart-swatch-dashed' : 'chart-swatch'}
                aria-hidden="true"
              />
              {name} <strong class="numbers">{now}</strong>
            </li>
          ))}
        </ul>
      </figcaption>
      <div class="chart-frame" aria-hidden="true" />
    </figure>
  );
}

/** Calls `redraw` now and when the device changes between light and dark. */
function followColours(redraw: () => void): () => void {
  const device = matchMedia('(prefers-color-scheme: dark)');
  redraw();
  device.addEventListener('change', redraw);
  return () => device.removeEventListener('change', redraw);
}
