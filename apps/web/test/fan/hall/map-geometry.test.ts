import { describe, expect, it } from 'vitest';
import { fitLabel } from '../../../src/fan/hall/map/map-label.ts';
import { MAP_WIDTH, createHallMap } from '../../../src/fan/hall/map/map-geometry.ts';
import { createHall } from '../../../src/fan/hall/seats/hall-seats.ts';
import { type DrawnSection, drawLayout, drawUniformLayout } from './sample-layout.ts';

const section = (
  name: string,
  left: number,
  top: number,
  facts: Partial<DrawnSection> = {},
): DrawnSection => ({
  name,
  rows: 5,
  seatsPerRow: 10,
  placeOf: (row, at) => ({ x: left + at * 10, y: top + row * 12 }),
  ...facts,
});

const mapOf = (...args: Parameters<typeof drawLayout>) => createHallMap(createHall(drawLayout(...args)));

describe('createHallMap', () => {
  it('draws sections where their seats are, below the stage', () => {
    const map = mapOf([section('Left', 0, 0), section('Right', 120, 0), section('Rear', 60, 100)], {
      stage: { x: 105, y: -60 },
    });

    const [left, right, rear] = map.sections.map(({ box }) => box);
    expect(left?.x).toBeLessThan(right?.x ?? 0);
    expect(left?.y).toBeLessThan(rear?.y ?? 0);
    expect(map.stage.y + map.stage.height).toBeLessThanOrEqual(left?.y ?? 0);
    expect(map.dotRadius).toBeGreaterThan(0);
  });

  it('keeps everything inside the map', () => {
    const map = mapOf([section('Left', -500, 300), section('Right', 200, 310)], {
      stage: { x: 0, y: -9_000 },
    });

    for (const { x, y, width, height } of [map.stage, ...map.sections.map(({ box }) => box)]) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(MAP_WIDTH);
      expect(y + height).toBeLessThanOrEqual(map.height);
    }
    expect(map.height).toBeLessThan(MAP_WIDTH);
  });

  it('draws a stage in the middle of the seats no larger than the room there', () => {
    const map = mapOf([section('North', 0, 0), section('South', 0, 200)], { stage: { x: 45, y: 124 } });

    const [north, south] = map.sections.map(({ box }) => box);
    expect(map.stage.y).toBeGreaterThan((north?.y ?? 0) + (north?.height ?? 0) - 40);
    expect(map.stage.y + map.stage.height).toBeLessThan(south?.y ?? 0);
  });

  it.each([
    ['sections in the same place', [section('A', 0, 0), section('B', 0, 0)]],
    ['all seats in one place', [section('A', 0, 0, { placeOf: () => ({ x: 1, y: 1 }) })]],
    [
      'all seats in one line',
      [section('A', 0, 0, { placeOf: (row, at) => ({ x: row * 100 + at * 10, y: 0 }) })],
    ],
    ['rows of one seat', [section('A', 0, 0, { seatsPerRow: 1 })]],
  ])('draws blocks in order for %s', (_, sections) => {
    const map = mapOf(sections);

    expect(map.toMap).toBeNull();
    expect(map.dotRadius).toBeNull();
    expect(map.sections).toHaveLength(sections.length);
    expect(map.sections.every(({ box }) => box.y > map.stage.y + map.stage.height)).toBe(true);
  });

  it('draws 50 blocks for 50,000 numbers that do not overlap', () => {
    const map = createHallMap(createHall(drawUniformLayout(50_000)));

    const places = new Set(map.sections.map(({ box }) => `${box.x} ${box.y}`));
    expect(places.size).toBe(50);
    expect(map.sections.every(({ box }) => box.x >= 0 && box.x + box.width <= MAP_WIDTH)).toBe(true);
  });

  it('draws no dots for more seats than can be told apart', () => {
    const map = mapOf([section('Field', 0, 0, { rows: 100, seatsPerRow: 100 })]);

    expect(map.toMap).not.toBeNull();
    expect(map.dotRadius).toBeNull();
  });
});

describe('fitLabel', () => {
  it('wraps the words of a name into the width of the section', () => {
    expect(fitLabel('Parterre Centre', ['340 left', '340'], 80, 100)?.lines).toEqual([
      'Parterre',
      'Centre',
      '340 left',
    ]);
  });

  it('leaves out what does not fit, and keeps the count longest', () => {
    expect(fitLabel('Parterre Centre', ['340 left', '340'], 40, 40)?.lines).toEqual(['340']);
    expect(fitLabel('Parterre Centre', ['340 left', '340'], 8, 8)).toBeNull();
  });
});
