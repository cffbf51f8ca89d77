import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

const SCALE_BEFORE_LAYOUT = 0.6;

/** Pixels of the screen for a unit of a drawing that fits into its element, also after a change of its size. */
export function useScale(element: RefObject<SVGSVGElement | null>, width: number, height: number): number {
  const [scale, setScale] = useState(SCALE_BEFORE_LAYOUT);
  useLayoutEffect(() => {
    const drawing = element.current;
    if (drawing === null) return undefined;
    const measure = () => {
      const box = drawing.getBoundingClientRect();
      setScale(Math.min(box.width / width, box.height / height) || SCALE_BEFORE_LAYOUT);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(drawing);
    measure();
    return () => observer.disconnect();
  }, [width, height]);
  return scale;
}
