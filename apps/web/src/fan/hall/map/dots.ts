import type { Category, HallSection, Point } from '../seats/hall-seats.ts';

type Dots = { readonly colour: string | null; readonly path: string };

/**
 * Draws each seat of a section as the start of a line without length, which a round line cap makes a dot: a few paths for
 * thousands of seats. Free seats have the colour of their category, and the others have none.
 */
export function dotsOf(
  section: HallSection,
  toMap: (point: Point) => Point,
  isFree: (number: number) => boolean,
): readonly Dots[] {
  const paths = new Map<Category | null, string[]>();
  for (const { seats } of section.rows)
    for (const seat of seats) {
      const key = isFree(seat.number) ? seat.category : null;
      const { x, y } = toMap(seat);
      const path = paths.get(key) ?? [];
      path.push(`M${x.toFixed(1)} ${y.toFixed(1)}h0`);
      paths.set(key, path);
    }
  return [...paths].map(([category, path]) => ({ colour: category?.colour ?? null, path: path.join('') }));
}
