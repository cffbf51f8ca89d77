import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Operand } from './prepare.ts';

/** The start of the statement: the same for all its rows, so that an index can be searched with it. */
export const statementClock = sql<Date>`now(3)`;

/**
 * The moment of its evaluation. A statement that locks rows evaluates it for each row after locking it, which may be
 * seconds after the statement began. Decisions on locked rows use this clock.
 */
export const rowClock = sql<Date>`sysdate(3)`;

export function later(clock: RawBuilder<Date>, ms: number): RawBuilder<Date> {
  return laterByMicros(clock, ms * 1000);
}

export function laterByMicros(clock: RawBuilder<Date>, micros: Operand<number>): RawBuilder<Date> {
  return sql<Date>`${clock} + interval ${micros} microsecond`;
}

export function earlier(clock: RawBuilder<Date>, ms: number): RawBuilder<Date> {
  return sql<Date>`${clock} - interval ${ms * 1000} microsecond`;
}

export function toInstant(column: Date): Instant {
  return column.getTime();
}

export function fromInstant(instant: Instant): Date {
  return new Date(instant);
}

/** Converts a BIGINT column, which the driver returns as text. */
export function toInteger(column: string): number {
  const integer = Number(column);
  invariant(Number.isSafeInteger(integer), `a double does not hold ${column} exactly`);
  return integer;
}

/** A parameter for a BIGINT column, typed like the text that the column returns. */
export function fromInteger(integer: Operand<number>): RawBuilder<string> {
  return sql<string>`${integer}`;
}
