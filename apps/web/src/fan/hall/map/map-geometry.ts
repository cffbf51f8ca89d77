import type { Hall, HallSection, Point } from '../seats/hall-seats.ts';
import { countCollisions, distance, seatPitch } from '../seats/pitch.ts';
import { type Box, boxAround, centreOf, convexHull, cornersOf, growBox } from './box.ts';

/** The overview of a hall, in the units of an SVG that is `MAP_WIDTH` wide. */
export type HallMap = {
  readonly width: number;
  readonly height: number;
  readonly stage: Box;
  readonly sections: readonly MapSection[];
  /** The radius of a dot for each seat; null where the map shows no seats. */
  readonly dotRadius: number | null;
  /** From the coordinates of the layout to the map; null for a map of blocks. */
  readonly toMap: ((point: Point) => Point) | null;
};

export type MapSection = {
  readonly corners: readonly Point[];
  /** How far the shape reaches beyond its corners. */
  readonly margin: number;
  readonly box: Box;
};

export const MAP_WIDTH = 1_000;
const PADDING = 16;
const STAGE_GAP = 36;
/** A map with more dots is slow to draw, and its dots are too small to see. */
const DOTS_MAX = 6_000;

/** A map by the coordinates of the layout where they can be used, and otherwise blocks in order before a stage. */
export function createHallMap(hall: Hall): HallMap {
  const pitch = seatPitch(hall.sections.flatMap(({ rows }) => rows));
  return hall.hasLayout && hasUsablePositions(hall, pitch) ? mapOfPositions(hall, pitch) : mapOfBlocks(hall);
}

const SHARE_OF_COLLISIONS_MAX = 0.1;
const ASPECT_MAX = 6;

/** A layout may give every section the same coordinates, or one line for all. */
function hasUsablePositions({ seats }: Hall, pitch: number): boolean {
  if (pitch === 0) return false;
  const { width, height } = growBox(boxAround(seats), pitch);
  if (Math.max(width / height, height / width) > ASPECT_MAX) return false;
  return countCollisions(seats, pitch / 2) <= seats.length * SHARE_OF_COLLISIONS_MAX;
}

function mapOfPositions(hall: Hall, pitch: number): HallMap {
  const shapes = hall.sections.map((section) => shapeOf(section, pitch));
  const seatsBox = boxAround(
    shapes.flatMap(({ corners, margin }) => cornersOf(growBox(boxAround(corners), margin))),
  );
  const stage = stageOf(hall, seatsBox);
  const whole = boxAround([...cornersOf(seatsBox), ...cornersOf(stage)]);
  const scale = (MAP_WIDTH - 2 * PADDING) / whole.width;
  const toMap = ({ x, y }: Point) => ({
    x: (x - whole.x) * scale + PADDING,
    y: (y - whole.y) * scale + PADDING,
  });
  const sections = shapes.map(({ corners, margin }) => {
    const moved = corners.map((corner) => toMap(corner));
    return { corners: moved, margin: margin * scale, box: growBox(boxAround(moved), margin * scale) };
  });
  return {
    width: MAP_WIDTH,
    height: whole.height * scale + 2 * PADDING,
    stage: boxAround(cornersOf(stage).map((corner) => toMap(corner))),
    sections,
    dotRadius: hall.seats.length <= DOTS_MAX ? pitch * scale * 0.36 : null,
    toMap,
  };
}

function shapeOf({ outline, rows }: HallSection, pitch: number) {
  if (outline.length >= 3) return { corners: outline, margin: 0 };
  return { corners: convexHull(rows.flatMap(({ seats }) => seats)), margin: pitch * 0.7 };
}

/** The stage as a box: wide in front of the seats, and as large as there is room between them. */
function stageOf({ stage, seats }: Hall, seatsBox: Box): Box {
  const centre = stage ?? { x: centreOf(seatsBox).x, y: Math.min(0, seatsBox.y) };
  const long = 0.42 * seatsBox.width;
  const deep = 0.07 * Math.max(seatsBox.width, seatsBox.height);
  if (centre.y <= seatsBox.y) {
    const bottom = Math.min(centre.y + deep / 2, seatsBox.y - deep / 2);
    const y = Math.max(bottom - deep, seatsBox.y - 2.5 * deep); // a stage far away is drawn nearer
    return { x: centre.x - long / 2, y, width: long, height: deep };
  }
  const nearest = seats.reduce((least, seat) => Math.min(least, distance(seat, centre)), Infinity);
  const half = Math.min(0.7 * nearest, long / 2);
  return { x: centre.x - half, y: centre.y - half / 2, width: 2 * half, height: half };
}

const BLOCK_ASPECT = 1.7;
const GAP = 14;

function mapOfBlocks({ sections }: Hall): HallMap {
  const columns = Math.min(sections.length, Math.ceil(Math.sqrt(sections.length * 1.4)));
  const inner = MAP_WIDTH - 2 * PADDING;
  const width = Math.min(260, (inner - GAP * (columns - 1)) / columns);
  const height = width / BLOCK_ASPECT;
  const stage = { x: MAP_WIDTH * 0.29, y: PADDING, width: MAP_WIDTH * 0.42, height: 64 };
  const top = stage.y + stage.height + STAGE_GAP;
  const boxes = sections.map((_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, sections.length - row * columns);
    const left = (MAP_WIDTH - inRow * width - (inRow - 1) * GAP) / 2;
    return { x: left + (index % columns) * (width + GAP), y: top + row * (height + GAP), width, height };
  });
  const last = boxes.at(-1);
  return {
    width: MAP_WIDTH,
    height: (last === undefined ? top : last.y + last.height) + PADDING,
    stage,
    sections: boxes.map((box) => ({ corners: cornersOf(box), margin: 0, box })),
    dotRadius: null,
    toMap: null,
  };
}
