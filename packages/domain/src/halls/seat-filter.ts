import type { FieldError, ValidationFailed } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import { type NumberedSeats, hasFlag } from './numbered-seats.ts';

/** Which seats of a hall somebody asks for. */
export type SeatFilter = {
  /** The name of a section. */
  readonly section?: string | undefined;
  /** The key of a category. */
  readonly category?: string | undefined;
  readonly accessible?: boolean | undefined;
};

/** Decides by its number whether a seat is asked for. Refuses a section or a category that the hall does not have. */
export function seatFilter(
  hall: NumberedSeats,
  { section, category, accessible }: SeatFilter,
): Result<(number: number) => boolean, ValidationFailed> {
  const sectionIndex = hall.sections.findIndex(({ name }) => name === section);
  const categoryIndex = hall.categories.findIndex(({ key }) => key === category);
  const errors: FieldError[] = [];
  if (section !== undefined && sectionIndex === -1)
    errors.push({ pointer: '/section', detail: 'is not a section of the date' });
  if (category !== undefined && categoryIndex === -1)
    errors.push({ pointer: '/category', detail: 'is not a category of the date' });
  if (errors.length > 0) return refuse({ code: 'VALIDATION_FAILED', errors });
  return ok(
    (number) =>
      (section === undefined || hall.section[number - 1] === sectionIndex) &&
      (category === undefined || hall.category[number - 1] === categoryIndex) &&
      (accessible === undefined || hasFlag(hall, number, 'accessible') === accessible),
  );
}
