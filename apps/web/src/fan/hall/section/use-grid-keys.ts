import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { HallModel } from '../hall-model.ts';
import { positionOf, seatAfter, stepOf } from './grid-navigation.ts';
import type { SectionPlan } from './section-plan.ts';
import type { Zoom } from './zoom.ts';

export type GridKeysOptions = {
  readonly grid: RefObject<HTMLElement | null>;
  readonly plan: SectionPlan;
  /** How many lines are rendered. */
  readonly lineCount: number;
  readonly zoom: RefObject<Zoom | null>;
  readonly model: HallModel;
  readonly onEscape: (() => void) | undefined;
};

export type GridKeys = {
  /** The seat in the order of Tab. */
  readonly active: Signal<number>;
  /** Makes a seat the one in the order of Tab. */
  activate(number: number): void;
  onKeyDown(event: KeyboardEvent, choose: (number: number) => void): void;
};

const ZOOM_STEP = 1.4;

/** One seat of the grid is in the order of Tab; the keys of the ARIA pattern move it. */
export function useGridKeys({ grid, plan, lineCount, zoom, model, onEscape }: GridKeysOptions): GridKeys {
  const active = useSignal(firstSeat(plan, model));
  const elementOf = (number: number) =>
    grid.current?.querySelector<HTMLElement>(`[data-seat="${number}"]`) ?? null;

  function activate(number: number): void {
    const before = elementOf(active.peek());
    if (before !== null) before.tabIndex = -1;
    active.value = number;
    const now = elementOf(number);
    if (now !== null) now.tabIndex = 0;
  }

  function focusSeat(number: number, x: number, y: number): void {
    zoom.current?.show(x, y);
    activate(number);
    const focus = () => {
      const element = elementOf(number);
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: 'nearest' }); // of a window so low that the tray covers the seat
    };
    if (elementOf(number) === null)
      requestAnimationFrame(() => {
        activate(number); // the seat is rendered only now that it is visible
        focus();
      });
    else focus();
  }

  useLayoutEffect(() => {
    const isThere = positionOf(plan.lines, active.peek()) !== null;
    activate(isThere ? active.peek() : firstSeat(plan, model));
  }, [plan, lineCount]);

  return {
    active,
    activate,
    onKeyDown(event, choose) {
      const { key, ctrlKey, altKey, metaKey } = event;
      if (altKey || metaKey) return;
      const from = positionOf(plan.lines, active.peek());
      const step = stepOf(key, ctrlKey);
      const scale = zoom.current?.scale.peek() ?? 1;
      if (step !== null && from !== null) {
        const next = seatAfter(plan.lines, from, step);
        if (next !== undefined) focusSeat(next.seat.number, next.x, next.y);
      } else if (key === 'Enter' || key === ' ') choose(active.peek());
      else if (key === 'Escape' && onEscape !== undefined) onEscape();
      else if (key === '+' && !ctrlKey) zoom.current?.zoomTo(scale * ZOOM_STEP);
      else if (key === '-' && !ctrlKey) zoom.current?.zoomTo(scale / ZOOM_STEP);
      else return;
      event.preventDefault();
    },
  };
}

/** A chosen seat, else the first free one. */
function firstSeat({ lines }: SectionPlan, model: HallModel): number {
  const seats = lines.flatMap((line) => line.seats.map(({ seat }) => seat.number));
  const chosen = model.chosen.peek();
  return (
    seats.find((number) => chosen.includes(number)) ??
    seats.find((number) => model.statuses.peek(number) === 'AVAILABLE') ??
    seats[0] ??
    0
  );
}
