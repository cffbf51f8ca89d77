import type { Point } from './hall-seats.ts';

type PointRow = { readonly seats: readonly Point[] };

/** The median distance between neighbours of a row; 0 where no row has two seats, or they have no places. */
export function seatPitch(rows: readonly PointRow[]): number {
  return median(rows.flatMap(({ seats }) => gapsOf(seats)));
}

/** The median distance between the middles of rows that follow each other; 0 for one row. */
export function rowPitch(rows: readonly PointRow[]): number {
  return median(gapsOf(rows.map(({ seats }) => middleOf(seats))));
}

export function middleOf(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function gapsOf(points: readonly Point[]): number[] {
  return points.slice(1).map((point, index) => distance(point, points[index] as Point));
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function median(values: readonly number[]): number {
  const sorted = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** How many points are so close to others that the two would cover each other. */
export function countCollisions(points: readonly Point[], size: number): number {
  const cells = new Set(points.map(({ x, y }) => `${Math.round(x / size)} ${Math.round(y / size)}`));
  return points.length - cells.size;
}
