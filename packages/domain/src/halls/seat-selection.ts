import { checkSeatNumbers } from '../booking/seat.ts';
import type { FieldError, ValidationFailed } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import type { NumberedSeats } from './numbered-seats.ts';

/** How staff name seats of a date: by number, as a range that includes both ends, or as a section or one of its rows. */
export type SeatSelection =
  | { readonly by: 'NUMBERS'; readonly seatNumbers: readonly number[] }
  | { readonly by: 'RANGE'; readonly from: number; readonly to: number }
  | { readonly by: 'SECTION'; readonly section: string; readonly row: string | null };

type Selected = Result<readonly number[], ValidationFailed>;

/** The numbers of the selected seats, ascending. */
export function selectSeats(selection: SeatSelection, seats: NumberedSeats): Selected {
  if (selection.by === 'NUMBERS') return checkSeatNumbers(selection.seatNumbers, seats.seatCount);
  return selection.by === 'RANGE' ? selectRange(selection, seats) : selectSection(selection, seats);
}

function selectRange({ from, to }: { from: number; to: number }, { seatCount }: NumberedSeats): Selected {
  const detail = `must be from 1 to ${seatCount}`;
  const isOutside = (number: number) => number < 1 || number > seatCount;
  const errors: FieldError[] = [];
  if (isOutside(from)) errors.push({ pointer: '/from', detail });
  if (isOutside(to)) errors.push({ pointer: '/to', detail });
  if (errors.length === 0 && to < from) errors.push({ pointer: '/to', detail: 'must not be less than from' });
  if (errors.length > 0) return refuse({ code: 'VALIDATION_FAILED', errors });
  return ok(numbersFrom(from, to - from + 1));
}

function selectSection(
  { section: name, row: label }: { section: string; row: string | null },
  { sections, rows }: NumberedSeats,
): Selected {
  const section = sections.findIndex((one) => one.name === name);
  if (section === -1) return refused('/section', 'is not a section of the date');
  const chosen = rows.filter((row) => row.section === section && (label === null || row.label === label));
  if (chosen.length === 0) return refused('/row', 'is not a row of the section');
  return ok(chosen.flatMap(({ firstNumber, seatCount }) => numbersFrom(firstNumber, seatCount)));
}

function refused(pointer: string, detail: string): Selected {
  return refuse({ code: 'VALIDATION_FAILED', errors: [{ pointer, detail }] });
}

function numbersFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
