import type { FieldError, ValidationFailed } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import { LAYOUT_ERRORS_MAX, checkLayout } from './check-layout.ts';
import type { Layout } from './layout.ts';
import { type NewSeat, newSeats } from './new-seats.ts';
import { type NumberedSeats, numberSeats, placeOf } from './numbered-seats.ts';

/** The seats whose block differs between two versions of a layout. */
export type ChangedBlocks = {
  readonly blocked: readonly { readonly number: number; readonly reason: string }[];
  readonly released: readonly number[];
};

/** The seats of the next version, by number. */
export type ChangedLayout = { readonly seats: readonly NewSeat[]; readonly blocks: ChangedBlocks };

/**
 * Decides on the next version of the layout of a date, none of whose seats disappears: the house blocks a seat that is no
 * longer there. A taken seat, which is held or sold, keeps its number and its place, and is not blocked. Its category may
 * change; its price does not.
 */
export function changeLayout(
  current: Layout,
  next: Layout,
  taken: readonly number[],
): Result<ChangedLayout, ValidationFailed> {
  const checked = checkLayout(next);
  if (!checked.ok) return checked;
  const before = numberSeats(current);
  const after = numberSeats(next);
  const seats = newSeats(next);
  const blocks = changedBlocks(newSeats(current), seats);
  const errors: FieldError[] = [];
  if (after.seatCount < before.seatCount)
    errors.push({ pointer: '/sections', detail: `must have at least ${before.seatCount} seats` });
  const blocked = new Set(blocks.blocked.map(({ number }) => number));
  for (const number of taken) {
    if (errors.length >= LAYOUT_ERRORS_MAX) break;
    const error = movedSeatError(number, before, after) ?? blockedSeatError(number, after, blocked);
    if (error !== null) errors.push(error);
  }
  return errors.length === 0 ? ok({ seats, blocks }) : refuse({ code: 'VALIDATION_FAILED', errors });
}

function movedSeatError(number: number, before: NumberedSeats, after: NumberedSeats): FieldError | null {
  const from = placeOf(before, number);
  const to = placeOf(after, number);
  // A layout with fewer seats is refused as a whole.
  if (from === null || to === null) return null;
  if (from.section === to.section && from.row === to.row && from.label === to.label) return null;
  const place = `section ${from.section}, row ${from.row}, seat ${from.label}`;
  return { pointer: pointerTo(after, number), detail: `seat ${number} is held or sold, and stays ${place}` };
}

function blockedSeatError(
  number: number,
  seats: NumberedSeats,
  blocked: ReadonlySet<number>,
): FieldError | null {
  if (!blocked.has(number)) return null;
  return { pointer: `${pointerTo(seats, number)}/blocked`, detail: `seat ${number} is held or sold` };
}

/** The JSON pointer to the seat in the layout. */
function pointerTo({ row, rows }: NumberedSeats, number: number): string {
  const index = row[number - 1] ?? 0;
  const ofRow = rows[index];
  if (ofRow === undefined) return '/sections';
  const firstOfSection = rows.findIndex(({ section }) => section === ofRow.section);
  const position = number - ofRow.firstNumber;
  return `/sections/${ofRow.section}/rows/${index - firstOfSection}/seats/${position}`;
}

/** What the next version blocks and releases; a seat whose block is the same in both stays as staff have left it. */
function changedBlocks(current: readonly NewSeat[], next: readonly NewSeat[]): ChangedBlocks {
  const blocked: { number: number; reason: string }[] = [];
  const released: number[] = [];
  for (const [index, { number, blockReason }] of next.entries()) {
    const before = current[index]?.blockReason ?? null;
    if (blockReason !== null && blockReason !== before) blocked.push({ number, reason: blockReason });
    if (blockReason === null && before !== null) released.push(number);
  }
  return { blocked, released };
}
