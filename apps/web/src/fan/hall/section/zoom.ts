import { type ReadonlySignal, signal } from '@preact/signals';

/** The width and height of a seat with the space beside it, unzoomed: a seat that a finger can hit. */
export const CELL = 46;
const SCALE_MAX = 1.6;
/** Smaller seats cannot be told apart. */
const CELL_MIN = 9;
/** More seats on one screen are slow to draw. */
const SEATS_SHOWN_MAX = 2_500;

type ZoomElements = {
  readonly scroller: HTMLElement;
  /** Has the size of the zoomed plan, so that the scroller knows how far it can scroll. */
  readonly sizer: HTMLElement;
  readonly plane: HTMLElement;
};

export type Zoom = {
  readonly scale: ReadonlySignal<number>;
  fitScale(): number;
  /** Zooms so that the point of the scroller stays where it is; its middle unless one is given. */
  zoomTo(scale: number, anchor?: { readonly x: number; readonly y: number }): void;
  /** Scrolls until a point of the plan, in cells, is visible. */
  show(x: number, y: number): void;
};

/** Zooms the plan of a section by a transformation, so that not one of its seats is styled again. */
export function createZoom(
  { scroller, sizer, plane }: ZoomElements,
  plan: { readonly width: number; readonly height: number },
): Zoom {
  const scale = signal(1);

  function fitScale(): number {
    const { width, height } = roomOf(scroller);
    const whole = Math.min(1, width / (plan.width * CELL), height / (plan.height * CELL));
    const fewest = Math.sqrt((width * height) / SEATS_SHOWN_MAX) / CELL;
    return Math.max(whole, whole === 1 ? 0 : Math.min(1, Math.max(fewest, CELL_MIN / CELL)));
  }

  function apply(next: number): void {
    scale.value = next;
    sizer.style.width = `${plan.width * CELL * next}px`;
    sizer.style.height = `${plan.height * CELL * next}px`;
    plane.style.transform = `scale(${next})`;
  }

  return {
    scale,
    fitScale,
    zoomTo(wanted, anchor = { x: scroller.clientWidth / 2, y: scroller.clientHeight / 2 }) {
      const next = Math.min(SCALE_MAX, Math.max(Math.min(fitScale(), 1), wanted));
      const ratio = next / scale.peek();
      const left = (scroller.scrollLeft + anchor.x) * ratio - anchor.x;
      const top = (scroller.scrollTop + anchor.y) * ratio - anchor.y;
      apply(next);
      scroller.scrollTo({ left, top });
    },
    show(x, y) {
      const size = CELL * scale.peek();
      const [left, top] = [x * size + sizer.offsetLeft, y * size + sizer.offsetTop];
      scroller.scrollTo({
        left: nearestScroll(scroller.scrollLeft, scroller.clientWidth, left, 1.5 * size),
        top: nearestScroll(scroller.scrollTop, scroller.clientHeight, top, 1.5 * size),
      });
    },
  };
}

/** The size that the scroller may have. */
function roomOf(scroller: HTMLElement) {
  const heightMax = Number.parseFloat(getComputedStyle(scroller).maxHeight);
  return { width: scroller.clientWidth, height: Number.isNaN(heightMax) ? scroller.clientHeight : heightMax };
}

/** The scroll position nearest to the present one that shows a point with a margin around it. */
export function nearestScroll(now: number, length: number, point: number, margin: number): number {
  return Math.min(Math.max(now, point + margin - length), point - margin);
}
