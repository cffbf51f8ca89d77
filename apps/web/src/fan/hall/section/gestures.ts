import type { Zoom } from './zoom.ts';

type Pinch = { readonly distance: number; readonly scale: number };

/** Zooms by two fingers, and by the wheel with Ctrl, which is what a touchpad sends. Returns what removes both. */
export function followGestures(scroller: HTMLElement, zoom: Zoom): () => void {
  let pinch: Pinch | null = null;

  function onTouchStart({ touches }: TouchEvent): void {
    pinch = touches.length === 2 ? { distance: spread(touches), scale: zoom.scale.peek() } : null;
  }

  function onTouchMove(event: TouchEvent): void {
    if (pinch === null || event.touches.length !== 2) return;
    event.preventDefault();
    zoom.zoomTo((pinch.scale * spread(event.touches)) / pinch.distance, middle(event.touches, scroller));
  }

  function onWheel(event: WheelEvent): void {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const { left, top } = scroller.getBoundingClientRect();
    const anchor = { x: event.clientX - left, y: event.clientY - top };
    zoom.zoomTo(zoom.scale.peek() * Math.exp(-event.deltaY / 200), anchor);
  }

  scroller.addEventListener('touchstart', onTouchStart, { passive: true });
  scroller.addEventListener('touchmove', onTouchMove, { passive: false });
  scroller.addEventListener('wheel', onWheel, { passive: false });
  return () => {
    scroller.removeEventListener('touchstart', onTouchStart);
    scroller.removeEventListener('touchmove', onTouchMove);
    scroller.removeEventListener('wheel', onWheel);
  };
}

function spread(touches: TouchList): number {
  const [a, b] = [touches[0] as Touch, touches[1] as Touch];
  return Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY));
}

function middle(touches: TouchList, scroller: HTMLElement) {
  const [a, b] = [touches[0] as Touch, touches[1] as Touch];
  const { left, top } = scroller.getBoundingClientRect();
  return { x: (a.clientX + b.clientX) / 2 - left, y: (a.clientY + b.clientY) / 2 - top };
}
