import type { HallRow, HallSeat, HallSection, Point } from '../seats/hall-seats.ts';
import { countCollisions, middleOf, rowPitch, seatPitch } from '../seats/pitch.ts';
import { boxAround } from '../map/box.ts';

/** A seat of the open section. The unit is the width of a seat with the space beside it. */
export type PlacedSeat = { readonly seat: HallSeat; readonly x: number; readonly y: number };

/** Seats beside each other, from left to right. A long row is several lines. */
export type Line = {
  readonly label: string;
  /** From the top of the plan to the middle of the line. */
  readonly y: number;
  readonly seats: readonly PlacedSeat[];
};

export type Side = 'top' | 'right' | 'bottom' | 'left';

/** The open section as it is drawn: lines from top to bottom. */
export type SectionPlan = {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  /** Where the stage is, seen from the section. */
  readonly stage: Side;
};

/** Space for the label of a row, on either side. */
export const LABEL_WIDTH = 1.25;
const NO_LABEL_WIDTH = 0.2;
const LINE_SEATS_MAX = 40;

/** Places the seats by the coordinates of the layout where they can be used, and otherwise row by row. */
export function createSectionPlan(
  section: HallSection,
  stage: Point | null,
  hasLayout: boolean,
): SectionPlan {
  const direction = directionOf(section, stage);
  const seats = direction.rows.flatMap((row) => row.seats);
  const margin = hasLayout ? LABEL_WIDTH : NO_LABEL_WIDTH;
  const lines = (hasLayout ? linesByPositions(direction.rows) : null) ?? linesByOrder(section.rows, margin);
  const all = lines.flatMap((line) => line.seats);
  const right = Math.max(0, ...all.map(({ x }) => x));
  const bottom = Math.max(0, ...all.map(({ y }) => y));
  return {
    width: right + 0.5 + margin,
    height: bottom + 0.5,
    lines,
    stage: seats.length > 0 && hasLayout ? direction.stage : 'top',
  };
}

type TurnedRow = { readonly label: string; readonly seats: readonly (Point & { readonly seat: HallSeat })[] };

/** Turns a section whose rows run from front to back by 90°, so that its rows run from left to right, the stage above. */
function directionOf({ rows }: HallSection, stage: Point | null) {
  const long = rows.reduce<HallRow | undefined>(
    (best, row) => (row.seats.length > (best?.seats.length ?? 1) ? row : best),
    undefined,
  );
  const [first, last] = [long?.seats[0], long?.seats.at(-1)];
  const isUpright =
    first !== undefined &&
    last !== undefined &&
    Math.abs(last.y - first.y) > Math.abs(last.x - first.x) * 1.2;
  const middle = middleOf(rows.map(({ seats }) => middleOf(seats)));
  const target = stage ?? { x: middle.x, y: -Infinity };
  const isStageRight = target.x > middle.x;
  const turn = ({ x, y }: Point): Point => {
    if (!isUpright) return { x, y };
    return isStageRight ? { x: y, y: -x } : { x: -y, y: x };
  };
  const turned = rows.map((row): TurnedRow => ({
    label: row.label,
    seats: row.seats.map((seat) => ({ ...turn(seat), seat })),
  }));
  return { rows: turned, stage: isUpright ? 'top' : sideOf(target, middle) } as const;
}

function sideOf(stage: Point, { x, y }: Point): Side {
  const [right, down] = [stage.x - x, stage.y - y];
  if (Math.abs(down) >= Math.abs(right) * 0.6) return down > 0 ? 'bottom' : 'top';
  return right > 0 ? 'right' : 'left';
}

/** Null where seats would cover each other, or be far apart. */
function linesByPositions(rows: readonly TurnedRow[]): readonly Line[] | null {
  const pitch = seatPitch(rows);
  if (pitch === 0 || rows.some(({ seats }) => seats.length > LINE_SEATS_MAX * 3)) return null;
  const between = rowPitch(rows) / pitch;
  const stretch = between === 0 || (between >= 0.95 && between <= 1.6) ? 1 : 1.15 / between;
  const points = rows.flatMap(({ seats }) =>
    seats.map(({ x, y }) => ({ x: x / pitch, y: (y / pitch) * stretch })),
  );
  const box = boxAround(points);
  const area = (box.width + 1) * (box.height + 1);
  if (countCollisions(points, 0.5) > 0 || area > points.length * 12 + 100) return null;
  return rows
    .map((row) => {
      const seats = row.seats.map(({ seat, x, y }) => ({
        seat,
        x: x / pitch - box.x + 0.5 + LABEL_WIDTH,
        y: (y / pitch) * stretch - box.y + 0.5,
      }));
      return { label: row.label, y: middleOf(seats).y, seats: seats.toSorted((a, b) => a.x - b.x) };
    })
    .toSorted((a, b) => a.y - b.y);
}

/** One line below the other, each in the middle. */
function linesByOrder(rows: readonly HallRow[], margin: number): readonly Line[] {
  const lines = rows.flatMap(({ label, seats }) => partsOf(seats).map((part) => ({ label, seats: part })));
  const longest = Math.max(0, ...lines.map(({ seats }) => seats.length));
  return lines.map(({ label, seats }, index) => {
    const left = (longest - seats.length) / 2 + 0.5 + margin;
    const y = index * 1.15 + 0.5;
    return { label, y, seats: seats.map((seat, at) => ({ seat, x: left + at, y })) };
  });
}

function partsOf(seats: readonly HallSeat[]): readonly (readonly HallSeat[])[] {
  const count = Math.ceil(seats.length / LINE_SEATS_MAX);
  const size = Math.ceil(seats.length / count);
  return Array.from({ length: count }, (_, index) => seats.slice(index * size, (index + 1) * size));
}
