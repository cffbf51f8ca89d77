import type { Line, PlacedSeat } from './section-plan.ts';

export type Step =
  'left' | 'right' | 'up' | 'down' | 'line-start' | 'line-end' | 'page-up' | 'page-down' | 'first' | 'last';

const PAGE_LINES = 8;

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'line-start',
  End: 'line-end',
  PageUp: 'page-up',
  PageDown: 'page-down',
};

/** The step that a key asks for, by the ARIA pattern of a grid; null for other keys. */
export function stepOf(key: string, isControl: boolean): Step | null {
  if (isControl && key === 'Home') return 'first';
  if (isControl && key === 'End') return 'last';
  return isControl ? null : (STEPS[key] ?? null);
}

type GridPosition = { readonly line: number; readonly at: number };

/** Where a seat is in the lines; null if it is not there. */
export function positionOf(lines: readonly Line[], number: number): GridPosition | null {
  for (const [line, { seats }] of lines.entries()) {
    const at = seats.findIndex(({ seat }) => seat.number === number);
    if (at >= 0) return { line, at };
  }
  return null;
}

/** The seat that a step leads to; the same seat at the edge. In another line it is the one that is nearest. */
export function seatAfter(lines: readonly Line[], from: GridPosition, step: Step): PlacedSeat | undefined {
  const here = lines[from.line]?.seats ?? [];
  const there = (line: number) =>
    nearest(lines[clamp(line, lines.length)]?.seats ?? [], here[from.at]?.x ?? 0);
  const targets: Readonly<Record<Step, () => PlacedSeat | undefined>> = {
    left: () => here[Math.max(0, from.at - 1)],
    right: () => here[clamp(from.at + 1, here.length)],
    'line-start': () => here[0],
    'line-end': () => here.at(-1),
    up: () => there(from.line - 1),
    down: () => there(from.line + 1),
    'page-up': () => there(from.line - PAGE_LINES),
    'page-down': () => there(from.line + PAGE_LINES),
    first: () => lines[0]?.seats[0],
    last: () => lines.at(-1)?.seats.at(-1),
  };
  return targets[step]();
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}

function nearest(seats: readonly PlacedSeat[], x: number): PlacedSeat | undefined {
  return seats.reduce<PlacedSeat | undefined>(
    (best, seat) => (best === undefined || Math.abs(seat.x - x) < Math.abs(best.x - x) ? seat : best),
    undefined,
  );
}
