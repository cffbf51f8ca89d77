import { useLayoutEffect, useState } from 'preact/hooks';
import type { SectionPlan } from './section-plan.ts';

/** So many seats are rendered in a frame; a slow phone renders them in time for the next one. */
const SEATS_PER_FRAME = 100;

/** How many lines of a plan are rendered: a few at first, so that the section opens at once, and more in each frame. */
export function useLineCount({ lines }: SectionPlan): number {
  const seats = lines.reduce((sum, line) => sum + line.seats.length, 0);
  const step = Math.max(1, Math.ceil((SEATS_PER_FRAME * lines.length) / Math.max(1, seats)));
  const [count, setCount] = useState(step);
  useLayoutEffect(() => {
    if (count >= lines.length) return undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setCount(count + step)); // the first one comes before what is rendered is painted
    });
    return () => cancelAnimationFrame(frame);
  }, [count, lines]);
  return count;
}
