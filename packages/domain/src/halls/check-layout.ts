import { SEATS_PER_EVENT_MAX, SEAT_PRICE_MAX } from '../shared/limits.ts';
import type { FieldError, ValidationFailed } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import {
  CATEGORIES_MAX,
  COORDINATE_MAX,
  LABEL_LENGTH_MAX,
  type Category,
  type Layout,
  type LayoutSeat,
  NAME_LENGTH_MAX,
  NOTE_LENGTH_MAX,
  OUTLINE_POINTS_MAX,
  type Point,
  RANK_MAX,
  type Row,
  SECTIONS_MAX,
  type Section,
} from './layout.ts';
import { countSeats } from './numbered-seats.ts';

/** How many faults one refusal reports. */
export const LAYOUT_ERRORS_MAX = 100;

const KEY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;
const COLOUR = /^#[0-9a-f]{6}$/i;

type Errors = Generator<FieldError, void>;

/**
 * Requires 1 to `SEATS_PER_EVENT_MAX` seats, no empty section or row, distinct names of sections, labels of rows in their
 * section and of seats in their row, known categories, and companions' seats beside their accessible seats. Reports the
 * first `LAYOUT_ERRORS_MAX` faults by pointers that begin with `root`, the pointer to the layout.
 */
export function checkLayout(layout: Layout, root = ''): Result<Layout, ValidationFailed> {
  const errors: FieldError[] = [];
  for (const { pointer, detail } of layoutErrors(layout)) {
    errors.push({ pointer: `${root}${pointer}`, detail });
    if (errors.length === LAYOUT_ERRORS_MAX) break;
  }
  return errors.length === 0 ? ok(layout) : refuse({ code: 'VALIDATION_FAILED', errors });
}

function* layoutErrors(layout: Layout): Errors {
  const { stage, categories, sections } = layout;
  if (stage !== undefined) yield* pointErrors('/stage', stage);
  yield* countErrors('/categories', categories.length, CATEGORIES_MAX);
  yield* countErrors('/sections', sections.length, SECTIONS_MAX);
  if (countSeats(layout) > SEATS_PER_EVENT_MAX)
    yield { pointer: '/sections', detail: `must have at most ${SEATS_PER_EVENT_MAX} seats` };
  yield* repeatErrors(
    '/categories',
    'key',
    categories.map(({ key }) => key),
  );
  for (const [index, category] of categories.entries())
    yield* categoryErrors(`/categories/${index}`, category);
  const keys = new Set(categories.map(({ key }) => key));
  yield* repeatErrors(
    '/sections',
    'name',
    sections.map(({ name }) => name),
  );
  for (const [index, section] of sections.entries())
    yield* sectionErrors(`/sections/${index}`, section, keys);
}

function* categoryErrors(pointer: string, { key, name, price, colour }: Category): Errors {
  if (!KEY.test(key))
    yield { pointer: `${pointer}/key`, detail: 'must be 1 to 32 letters, digits, hyphens and underscores' };
  yield* textErrors(`${pointer}/name`, name, NAME_LENGTH_MAX);
  yield* integerErrors(`${pointer}/price`, price, 0, SEAT_PRICE_MAX);
  if (!COLOUR.test(colour))
    yield { pointer: `${pointer}/colour`, detail: 'must be a colour such as #1e90ff' };
}

function* sectionErrors(
  pointer: string,
  { name, outline, rows }: Section,
  keys: ReadonlySet<string>,
): Errors {
  yield* textErrors(`${pointer}/name`, name, NAME_LENGTH_MAX);
  if (outline.length > OUTLINE_POINTS_MAX)
    yield { pointer: `${pointer}/outline`, detail: `must have at most ${OUTLINE_POINTS_MAX} corners` };
  for (const [index, point] of outline.entries()) yield* pointErrors(`${pointer}/outline/${index}`, point);
  yield* countErrors(`${pointer}/rows`, rows.length, SEATS_PER_EVENT_MAX);
  yield* repeatErrors(
    `${pointer}/rows`,
    'label',
    rows.map(({ label }) => label),
  );
  for (const [index, row] of rows.entries()) yield* rowErrors(`${pointer}/rows/${index}`, row, keys);
}

function* rowErrors(pointer: string, row: Row, keys: ReadonlySet<string>): Errors {
  const { label, seats } = row;
  yield* textErrors(`${pointer}/label`, label, LABEL_LENGTH_MAX);
  yield* countErrors(`${pointer}/seats`, seats.length, SEATS_PER_EVENT_MAX);
  yield* repeatErrors(
    `${pointer}/seats`,
    'label',
    seats.map((seat) => seat.label),
  );
  for (const [index, seat] of seats.entries()) {
    yield* seatErrors(`${pointer}/seats/${index}`, seat, keys);
    if (seat.companionOf !== undefined && !isBesideItsSeat(row, index))
      yield {
        pointer: `${pointer}/seats/${index}/companionOf`,
        detail: 'must be the label of an accessible seat beside this one, in the same row',
      };
  }
}

function* seatErrors(pointer: string, seat: LayoutSeat, keys: ReadonlySet<string>): Errors {
  yield* textErrors(`${pointer}/label`, seat.label, LABEL_LENGTH_MAX);
  yield* pointErrors(pointer, seat);
  if (!keys.has(seat.category))
    yield { pointer: `${pointer}/category`, detail: 'is not the key of a category of the layout' };
  if (seat.rank !== undefined) yield* integerErrors(`${pointer}/rank`, seat.rank, 1, RANK_MAX);
  if (seat.accessible === true && seat.companionOf !== undefined)
    yield { pointer: `${pointer}/companionOf`, detail: 'is not for a seat that is accessible itself' };
  for (const note of ['obstructedView', 'blocked'] as const) {
    const text = seat[note];
    if (text !== undefined) yield* textErrors(`${pointer}/${note}`, text, NOTE_LENGTH_MAX);
  }
}

/** Companions' seats on one side of their accessible seat. */
const COMPANIONS_PER_SIDE_MAX = 10;

/** Whether nothing but seats of the same companions is between the seat and its accessible seat, on one of its sides. */
function isBesideItsSeat({ seats }: Row, index: number): boolean {
  const companionOf = seats[index]?.companionOf;
  return [-1, 1].some((step) => {
    let at = index + step;
    const end = index + step * COMPANIONS_PER_SIDE_MAX;
    while (at !== end && seats[at]?.companionOf === companionOf) at += step;
    return seats[at]?.label === companionOf && seats[at]?.accessible === true;
  });
}

function* countErrors(pointer: string, count: number, max: number): Errors {
  if (count < 1 || count > max) yield { pointer, detail: `must have 1 to ${max} items` };
}

function* repeatErrors(pointer: string, member: string, values: readonly string[]): Errors {
  const seen = new Set<string>();
  for (const [index, text] of values.entries()) {
    const value = text.normalize(); // a letter with an accent has two forms that look the same
    if (seen.has(value)) yield { pointer: `${pointer}/${index}/${member}`, detail: 'is used twice' };
    seen.add(value);
  }
}

function* textErrors(pointer: string, text: string, lengthMax: number): Errors {
  if (text.length < 1 || text.length > lengthMax)
    yield { pointer, detail: `must have 1 to ${lengthMax} characters` };
}

function* pointErrors(pointer: string, { x, y }: Point): Errors {
  for (const [axis, value] of Object.entries({ x, y }))
    if (!Number.isFinite(value) || Math.abs(value) > COORDINATE_MAX)
      yield { pointer: `${pointer}/${axis}`, detail: `must be from -${COORDINATE_MAX} to ${COORDINATE_MAX}` };
}

function* integerErrors(pointer: string, value: number, min: number, max: number): Errors {
  if (!Number.isInteger(value) || value < min || value > max)
    yield { pointer, detail: `must be a whole number from ${min} to ${max}` };
}
