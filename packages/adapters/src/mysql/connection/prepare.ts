import {
  type Compilable,
  type CompiledQuery,
  type Kysely,
  type QueryResult,
  type RawBuilder,
  sql,
} from 'kysely';
import type { Database } from '../schema/schema.ts';

/** A value, or a placeholder for one in a statement that is being built. */
export type Operand<T> = T | RawBuilder<T>;
/** The placeholders of each input: one, or one for each element of a list. */
export type Placeholders<Input> = {
  readonly [Name in keyof Input]: Input[Name] extends readonly (infer Element)[]
    ? readonly RawBuilder<Element>[]
    : RawBuilder<Input[Name]>;
};

type Fill<Input> = (input: Input) => unknown;
type Prepared<Input, Row> = {
  readonly query: CompiledQuery<Row>;
  readonly fills: readonly Fill<Input>[];
};

/**
 * Builds and compiles a statement with its first run, and fills in the parameters with every later one: building it takes
 * twice as long as the driver takes to send it. Each length of a list makes a statement of its own, so lists must be
 * short.
 */
export function prepare<Input extends object, Row>(
  build: (db: Kysely<Database>, placeholders: Placeholders<Input>) => Compilable<Row>,
): (db: Kysely<Database>, input: Input) => Promise<QueryResult<Row>> {
  const byLengths = new Map<string, Prepared<Input, Row>>();
  return (db, input) => {
    const lengths = lengthsOf(input);
    const prepared = byLengths.get(lengths) ?? compile(db, build, input);
    byLengths.set(lengths, prepared);
    const { query, fills } = prepared;
    return db.executeQuery({ ...query, parameters: fills.map((fill) => fill(input)) });
  };
}

function lengthsOf(input: object): string {
  let lengths = '';
  for (const [name, value] of Object.entries(input))
    if (Array.isArray(value)) lengths += `${name}:${value.length} `;
  return lengths;
}

function compile<Input extends object, Row>(
  db: Kysely<Database>,
  build: (db: Kysely<Database>, placeholders: Placeholders<Input>) => Compilable<Row>,
  input: Input,
): Prepared<Input, Row> {
  const fillOf = new Map<unknown, Fill<Input>>();
  const placeholder = (fill: Fill<Input>) => {
    const parameter = {};
    fillOf.set(parameter, fill);
    return sql`${parameter}`;
  };
  const placeholders = Object.entries(input).map(([name, value]) => {
    const get = (each: Input) => each[name as keyof Input];
    if (!Array.isArray(value)) return [name, placeholder(get)];
    return [name, value.map((_, index) => placeholder((each) => (get(each) as unknown[])[index]))];
  });
  const query = build(db, Object.fromEntries(placeholders) as Placeholders<Input>).compile();
  return { query, fills: query.parameters.map((parameter) => fillOf.get(parameter) ?? (() => parameter)) };
}
