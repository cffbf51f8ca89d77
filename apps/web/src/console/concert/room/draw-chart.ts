import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Column } from './history.ts';

export type Line = {
  /** The element whose colour the line has, so that it follows the theme. */
  readonly swatch: Element;
  readonly isDashed?: boolean;
};

export type Chart = {
  readonly update: (at: readonly number[], columns: readonly Column[]) => void;
  /** Draws again, for example in the colours of another theme. */
  readonly redraw: () => void;
  readonly remove: () => void;
};

const HEIGHT = 220;
/** A chart that has just begun shows so many seconds, so that its first lines can be seen. */
const SPAN_MIN_S = 120;
const FONT = '12px system-ui, sans-serif';

/** Draws lines over time into an element and keeps its width. */
export function drawChart(frame: HTMLElement, lines: readonly Line[]): Chart {
  const axis = {
    stroke: () => colour(frame),
    font: FONT,
    grid: { stroke: () => getComputedStyle(frame).borderTopColor, width: 1 },
    ticks: { show: false },
  };
  const chart = new UPlot(
    {
      width: frame.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { range: (_, first, last) => [last - spanOf(last - first), last] },
        y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] },
      },
      axes: [
        {
          ...axis,
          size: 28,
          space: 60,
          values: (_, times, __, ___, stepS) => times.map((time) => timeOfDay(time, stepS)),
        },
        { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => shorten(tick)) },
      ],
      series: [
        {},
        ...lines.map(({ swatch, isDashed = false }) => ({
          stroke: () => colour(swatch),
          width: 2,
          points: { show: false },
          ...(isDashed ? { dash: [6, 4] } : {}),
        })),
      ],
    },
    [[], ...lines.map(() => [])],
    frame,
  );
  const observer = new ResizeObserver(() => chart.setSize({ width: frame.clientWidth, height: HEIGHT }));
  observer.observe(frame);
  return {
    update: (at, columns) => chart.setData([[...at], ...columns.map((column) => [...column])]),
    redraw: () => chart.redraw(false),
    remove() {
      observer.disconnect();
      chart.destroy();
    },
  };
}

function colour(element: Element): string {
  return getComputedStyle(element).color;
}

function spanOf(seconds: number): number {
  return Math.max(SPAN_MIN_S, Number.isFinite(seconds) ? seconds : 0);
}

function timeOfDay(seconds: number, stepS: number): string {
  return new Intl.DateTimeFormat('en', {
    hour: '2-digit',
    minute: '2-digit',
    ...(stepS < 60 ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(seconds * 1000);
}

/** 12,000 as 12k. */
function shorten(count: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}
