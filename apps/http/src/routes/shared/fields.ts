import { formatInstant, type Instant as InstantMs } from '@frontrow/domain/shared/instant.ts';
import { DURATION_MAX_MS, DURATION_MIN_MS, USER_ID_LENGTH_MAX } from '@frontrow/domain/shared/limits.ts';
import { MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import { z } from 'zod';

const ID_LENGTH_MAX = 64;

/** Ids are opaque: a text of any other form is not found. */
export const id = z.string().min(1).max(ID_LENGTH_MAX);
export const userId = z.string().min(1).max(USER_ID_LENGTH_MAX);

/** An instant in an answer. */
export const instant = z.string().meta({
  format: 'date-time',
  description: 'ISO 8601 in UTC with milliseconds',
});

const INSTANT_MAX: InstantMs = Date.parse('9999-12-31T23:59:59.999Z');

/** An instant in a request, with any offset. */
export const instantInput = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time such as 2026-12-24T19:00:00.000Z' })
  .refine((text) => Date.parse(text) >= 0 && Date.parse(text) <= INSTANT_MAX, 'must be from 1970 to 9999');

/** Parses a text that `instantInput` has validated. */
export function parseInstant(text: string): InstantMs {
  return Date.parse(text);
}

export const money = z.int().min(0).max(MONEY_MAX).meta({ description: 'Whole won' });
export const durationMs = z.int().min(DURATION_MIN_MS).max(DURATION_MAX_MS);

/** The body of a request to a route that takes none: nothing, or an empty object. */
export const noBody = z.strictObject({}).nullable();

/** The body of a 204. */
export const noContent = z.undefined();

export function formatNullable(value: InstantMs | null): string | null {
  return value === null ? null : formatInstant(value);
}
