import { INSTANT_MAX, formatInstant, type Instant as InstantMs } from '@frontrow/domain/shared/instant.ts';
import {
  DURATION_MAX_MS,
  DURATION_MIN_MS,
  GATE_LENGTH_MAX,
  SEATS_PER_EVENT_MAX,
  SEATS_PER_RESERVATION_MAX,
  USER_ID_LENGTH_MAX,
} from '@frontrow/domain/shared/limits.ts';
import { MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import { COUNTERS_PER_EPOCH, EPOCH_MAX } from '@frontrow/domain/waiting-room/queue-token.ts';
import { z } from 'zod';

const ID_LENGTH_MAX = 64;

/** Ids are opaque: a text of any other form is not found. */
export const id = z.string().min(1).max(ID_LENGTH_MAX);
export const userId = z.string().min(1).max(USER_ID_LENGTH_MAX);

const TEXT_LENGTH_MAX = 200;
const CONTROL = /\p{Cc}/u;
/** A character that is neither a space nor invisible, such as a zero-width joiner. */
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point})[^\p{Z}\p{C}]/u;

/** A line of text with at most `lengthMax` characters. */
export function lineOf(lengthMax: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(lengthMax)
    .refine((text) => !CONTROL.test(text), 'must have no control characters')
    .refine((text) => VISIBLE.test(text), 'must have a visible character');
}
/** A line of text, such as a title. */
export const name = lineOf(TEXT_LENGTH_MAX);
/** An organiser's text for fans; null for none. */
export const fanReason = name.nullable();

/** An instant in an answer. */
export const instant = z.string().meta({
  format: 'date-time',
  pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$`,
  description: 'ISO 8601 in UTC with milliseconds',
});

/** An instant in a request, with any offset. */
export const instantInput = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time such as 2026-12-24T19:00:00.000Z' })
  .refine((text) => Date.parse(text) >= 0 && Date.parse(text) <= INSTANT_MAX, 'must be from 1970 to 9999')
  // Replaces the pattern of the check, which spells out the days of every month.
  .meta({
    pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$`,
    description: 'ISO 8601 with any offset, from 1970 to 9999',
  });

/** Parses a text that `instantInput` has validated. */
export function parseInstant(text: string): InstantMs {
  return Date.parse(text);
}

export const money = z.int().min(0).max(MONEY_MAX).meta({ description: 'Whole won' });
/** The balance of a wallet. Refunds may raise it above the limit of charges, by what it has paid. */
export const balance = z
  .int()
  .min(0)
  .max(100 * MONEY_MAX)
  .meta({ description: `Whole won; charges raise it to ${MONEY_MAX} at most, refunds beyond` });
/** The price of all seats of a reservation. */
export const orderTotal = z
  .int()
  .min(0)
  .max(SEATS_PER_RESERVATION_MAX * MONEY_MAX)
  .meta({ description: 'Whole won' });
/** The name of a gate in an answer. */
export const gateName = z.string().max(GATE_LENGTH_MAX);
export const seatNumber = z.int().min(1).max(SEATS_PER_EVENT_MAX);
/** Far above any crowd. */
export const COUNT_MAX = 1_000_000_000;
/** The version of a layout; 0 for a date without one. */
export const layoutVersion = z.int().min(0).max(COUNT_MAX);
/** A number of fans. */
export const count = z.int().min(0).max(COUNT_MAX);
/** Of a place: a safe integer. No room comes to its last epoch. */
export const sequence = z
  .int()
  .min(1)
  .max(EPOCH_MAX * COUNTERS_PER_EPOCH);
export const queueTokenStatus = z.enum(['WAITING', 'ACTIVE', 'COMPLETED', 'LEFT', 'EXPIRED']);
export const reservationStatus = z.enum(['HELD', 'CONFIRMED', 'EXPIRED', 'CANCELLED', 'REFUNDED']);
/** `true` or `false` in a query. */
export const queryBoolean = z.preprocess(
  (text) => (text === 'true' ? true : text === 'false' ? false : text),
  z.boolean('must be true or false'),
);
export const durationMs = z.int().min(DURATION_MIN_MS).max(DURATION_MAX_MS);

const REASON_LENGTH_MAX = 500;
/** Why staff do something, for the audit log. */
export const reason = z
  .string()
  .trim()
  .min(1)
  .max(REASON_LENGTH_MAX)
  .refine((text) => !CONTROL.test(text), 'must have no control characters');

/** The body of a request to a route that takes none: nothing, or an empty object. */
export const noBody = z.strictObject({}).nullable();

/** The body of a 204. */
export const noContent = z.undefined();

export function formatNullable(value: InstantMs | null): string | null {
  return value === null ? null : formatInstant(value);
}
