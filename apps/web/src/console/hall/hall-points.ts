import type { Hall } from './hall.ts';

/** Where the seats are drawn, in a plane of `width` × `height`. The entry of seat n is at index n - 1. */
export type HallPoints = {
  readonly width: number;
  readonly height: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly stage: { readonly x: number; readonly y: number } | null;
  /** About the distance between two seats. */
  readonly pitch: number;
  /** Whether all seats are in one line, which says nothing as a drawing. */
  readonly isLine: boolean;
};

/** A hall that is much wider or higher than this is drawn with space around it. */
const RATIO_MAX = 3;

export function pointsOf({ seatCount, sections, stage }: Hall): HallPoints {
  const seats = sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  const all = stage === undefined ? seats : [...seats, stage];
  const [left, right] = extent(all.map(({ x }) => x));
  const [top, bottom] = extent(all.map(({ y }) => y));
  const [seatTop, seatBottom] = extent(seats.map(({ y }) => y));
  const span = Math.max(right - left, bottom - top, 1);
  const pitch = Math.max(pitchOf(sections, seatCount), span / 1_000);
  const width = Math.max(right - left, span / RATIO_MAX) + 2 * pitch;
  const height = Math.max(bottom - top, span / RATIO_MAX) + 2 * pitch;
  const shiftX = (width - (right - left)) / 2 - left;
  const shiftY = (height - (bottom - top)) / 2 - top;
  return {
    width,
    height,
    x: Float64Array.from(seats, ({ x }) => x + shiftX),
    y: Float64Array.from(seats, ({ y }) => y + shiftY),
    stage: stage === undefined ? null : { x: stage.x + shiftX, y: stage.y + shiftY },
    pitch,
    isLine: seatBottom - seatTop < pitch / 2,
  };
}

/** The number of the seat nearest to a point, whose coordinates are fractions of width and height. */
export function nearestSeat({ width, height, x, y }: HallPoints, atX: number, atY: number): number {
  let nearest = 0;
  let shortest = Infinity;
  for (let index = 0; index < x.length; index += 1) {
    const distance = Math.hypot((x[index] ?? 0) - atX * width, (y[index] ?? 0) - atY * height);
    if (distance < shortest) [nearest, shortest] = [index + 1, distance];
  }
  return nearest;
}

/** The smallest distance between neighbours of a row, among the first rows of each section. */
function pitchOf(sections: Hall['sections'], seatCount: number): number {
  if (seatCount < 2) return 1;
  const distances = sections.flatMap(({ rows }) =>
    rows.slice(0, 3).flatMap(({ seats }) =>
      seats.slice(1, 20).map((seat, index) => {
        const before = seats[index] ?? seat;
        return Math.hypot(seat.x - before.x, seat.y - before.y);
      }),
    ),
  );
  return extent(distances.filter((distance) => distance > 0))[0] || 1;
}

/** The least and the greatest value; both 0 without values. Spreading 50,000 arguments would be too many. */
function extent(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 0];
  return values.reduce<readonly [number, number]>(
    ([least, greatest], value) => [Math.min(least, value), Math.max(greatest, value)],
    [Infinity, -Infinity],
  );
}
