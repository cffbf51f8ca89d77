import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { followGestures } from './gestures.ts';
import type { SectionPlan } from './section-plan.ts';
import { type Range, SEATS_AT_ONCE_MAX, isSameRange, rangeOf } from './visible-range.ts';
import { CELL, type Zoom, createZoom } from './zoom.ts';

/** Numbers on smaller seats cannot be read. */
const LABEL_PX_MIN = 22;
const FIRST_CELL_PX = 26;

/** Zooms and scrolls a plan, and tells which part of a large one has to be rendered. */
export function useZoom(
  plan: SectionPlan,
  seatCount: number,
  plane: RefObject<HTMLElement | null>,
  zoom: RefObject<Zoom | null>,
) {
  const scroller = useRef<HTMLDivElement>(null);
  const sizer = useRef<HTMLDivElement>(null);
  const range: Signal<Range | null> = useSignal(seatCount > SEATS_AT_ONCE_MAX ? EMPTY : null);

  useLayoutEffect(() => {
    const area = scroller.current as HTMLElement;
    const elements = {
      scroller: area,
      sizer: sizer.current as HTMLElement,
      plane: plane.current as HTMLElement,
    };
    const created = createZoom(elements, plan);
    const before = zoom.current?.scale.peek(); // of the plan before a new version of the layout
    zoom.current = created;

    const renewRange = () => {
      if (range.peek() === null) return;
      const next = rangeOf(area, CELL * created.scale.peek());
      if (!isSameRange(range.peek(), next)) range.value = next;
    };
    const stopScale = created.scale.subscribe((scale) => {
      elements.plane.classList.toggle('seat-plane-far', CELL * scale < LABEL_PX_MIN);
      renewRange();
    });
    created.zoomTo(before ?? firstScale(created));
    if (before === undefined) area.scrollTo({ left: (area.scrollWidth - area.clientWidth) / 2 });
    renewRange();
    const stopGestures = followGestures(area, created);
    const observer = new ResizeObserver(() => created.zoomTo(created.scale.peek()));
    observer.observe(area);
    area.addEventListener('scroll', renewRange, { passive: true });
    return () => {
      stopScale();
      stopGestures();
      observer.disconnect();
      area.removeEventListener('scroll', renewRange);
    };
  }, [plan]);

  return { scroller, sizer, range };
}

const EMPTY: Range = { left: 0, top: 0, right: 0, bottom: 0 };

/** A finger begins with the whole section, and a mouse with seats that it can hit. */
function firstScale(zoom: Zoom): number {
  const fit = zoom.fitScale();
  return matchMedia('(pointer: coarse)').matches ? fit : Math.max(fit, FIRST_CELL_PX / CELL);
}
