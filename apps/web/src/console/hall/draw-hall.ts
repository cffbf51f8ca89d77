import type { Hall } from './hall.ts';
import type { HallPoints } from './hall-points.ts';
import { STATES } from './seat-states.ts';

/** Draws all seats on a canvas, each in the colour of its state or, without `letters`, of its category. */
export function drawHall(
  canvas: HTMLCanvasElement,
  hall: Hall,
  points: HallPoints,
  letters: string | undefined,
): void {
  const context = canvas.getContext('2d');
  if (context === null || canvas.clientWidth === 0) return;
  const scale = (canvas.clientWidth * devicePixelRatio) / points.width;
  canvas.width = points.width * scale;
  canvas.height = points.height * scale;
  context.scale(scale, scale);
  drawStage(context, points, colourOf(canvas, 'stage'));
  const groups = letters === undefined ? byCategory(hall) : byState(canvas, letters);
  const size = points.pitch * 0.78;
  for (const { colour, indexes } of groups) {
    context.fillStyle = colour;
    for (const index of indexes)
      context.fillRect((points.x[index] ?? 0) - size / 2, (points.y[index] ?? 0) - size / 2, size, size);
  }
}

type Group = { readonly colour: string; readonly indexes: Iterable<number> };

function byState(canvas: HTMLCanvasElement, letters: string): Group[] {
  return STATES.map(({ letter }) => ({
    colour: colourOf(canvas, letter),
    indexes: indexesOf(letter, letters),
  }));
}

function indexesOf(letter: string, letters: string): number[] {
  const indexes: number[] = [];
  for (let index = letters.indexOf(letter); index >= 0; index = letters.indexOf(letter, index + 1))
    indexes.push(index);
  return indexes;
}

function byCategory({ categories, sections }: Hall): Group[] {
  const indexes = new Map(categories.map(({ key }) => [key, [] as number[]]));
  let index = 0;
  for (const { rows } of sections)
    for (const { seats } of rows)
      for (const { category } of seats) {
        indexes.get(category)?.push(index);
        index += 1;
      }
  return categories.map(({ key, colour }) => ({ colour, indexes: indexes.get(key) ?? [] }));
}

function drawStage(context: CanvasRenderingContext2D, { stage, width, pitch }: HallPoints, colour: string) {
  if (stage === null) return;
  const length = Math.min(width / 3, pitch * 16);
  context.fillStyle = colour;
  context.fillRect(stage.x - length / 2, stage.y - pitch / 2, length, pitch);
}

/** The colours of the theme, which a canvas does not take from a style sheet by itself. */
function colourOf(canvas: HTMLCanvasElement, name: string): string {
  const sample = canvas.querySelector(`.hall-colour-${name}`);
  return sample === null ? '' : getComputedStyle(sample).color;
}
