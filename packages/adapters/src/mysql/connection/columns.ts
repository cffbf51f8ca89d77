import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Operand } from './prepare.ts';

/** The moment at which the statement began: one for all its rows, and one that an index can be searched with. */
export const statementClock = sql<Date>`now(3)`;

/**
 * The moment at which it is evaluated. In a statement that locks rows that is row by row, each after its lock was
 * there, which may be seconds after the statement began. So what is decided on a locked row goes by this clock.
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

/** A BIGINT column, which comes as text. */
export function toInteger(column: string): number {
  const integer = Number(column);
  invariant(Number.isSafeInteger(integer), `a double does not hold ${column} exactly`);
  return integer;
}

/** An operand for a BIGINT column; its type is that of what the column answers. */
export function fromInteger(integer: Operand<number>): RawBuilder<string> {
  return sql<string>`${integer}`;
}
