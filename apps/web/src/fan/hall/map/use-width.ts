import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

const WIDTH_BEFORE_LAYOUT = 600;

/** The width of an element in pixels, also after a change. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(WIDTH_BEFORE_LAYOUT);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    const measure = () => setWidth(target.clientWidth || WIDTH_BEFORE_LAYOUT);
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    measure();
    return () => observer.disconnect();
  }, []);
  return width;
}
