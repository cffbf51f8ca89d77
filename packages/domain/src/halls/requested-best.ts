import type { Money } from '../shared/money.ts';
import type { FieldError, ValidationFailed } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import type { NumberedSeats } from './numbered-seats.ts';
import type { BestAvailable } from './seat-search.ts';

/** A fan's request for the best available seats, in the words of the layout. */
export type RequestedBest = {
  readonly count: number;
  /** The key of a category. */
  readonly category?: string;
  /** The name of a section. */
  readonly section?: string;
  readonly maxPrice?: Money;
  readonly accessible?: boolean;
  readonly together?: 'row' | 'near';
};

/** The request by the indexes of a layout. Refuses a category or a section that the layout does not have. */
export function findRequested(
  { categories, sections }: Pick<NumberedSeats, 'categories' | 'sections'>,
  { category, section, ...others }: RequestedBest,
): Result<BestAvailable, ValidationFailed> {
  const categoryIndex = categories.findIndex(({ key }) => key === category);
  const sectionIndex = sections.findIndex(({ name }) => name === section);
  const errors: FieldError[] = [];
  if (category !== undefined && categoryIndex === -1)
    errors.push({ pointer: '/bestAvailable/category', detail: 'is not a category of the date' });
  if (section !== undefined && sectionIndex === -1)
    errors.push({ pointer: '/bestAvailable/section', detail: 'is not a section of the date' });
  if (errors.length > 0) return refuse({ code: 'VALIDATION_FAILED', errors });
  return ok({
    ...others,
    ...(category === undefined ? {} : { category: categoryIndex }),
    ...(section === undefined ? {} : { section: sectionIndex }),
  });
}
