import * as fc from 'fast-check';

/** The part of JSON Schema 2020-12 that the OpenAPI document uses. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

/** Follows `$ref`. */
export type Resolve = (schema: Schema) => Schema;

const ITEMS_GENERATED_MAX = 60;

/** Values that the schema takes, its bounds included. */
export function valuesOf(given: Schema, resolve: Resolve): fc.Arbitrary<unknown> {
  const schema = resolve(given);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return fc.oneof(...alternatives.map((one) => valuesOf(one, resolve)));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type: string) => valuesOf({ ...schema, type }, resolve)));
  switch (schema.type) {
    case 'string':
      return stringsOf(schema);
    case 'integer':
      return integersOf(schema);
    case 'number':
      return fc.double({
        min: schema.exclusiveMinimum ?? schema.minimum ?? -1e9,
        max: schema.maximum ?? 1e9,
        noNaN: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, resolve), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? ITEMS_GENERATED_MAX, ITEMS_GENERATED_MAX),
      });
    case 'object':
      return objectsOf(schema, resolve);
    case undefined:
    default:
      return fc.jsonValue();
  }
}

/** Values that the schema refuses, or nearly does: other types, and what is just beyond a bound. */
export function otherValuesOf(given: Schema, resolve: Resolve): fc.Arbitrary<unknown> {
  const schema = resolve(given);
  const beyond = [
    ...(schema.minimum === undefined ? [] : [schema.minimum - 1, schema.minimum + 0.5]),
    ...(schema.maximum === undefined ? [] : [schema.maximum + 1]),
    ...(schema.maxLength === undefined ? [] : ['x'.repeat(schema.maxLength + 1)]),
    ...(schema.maxItems === undefined ? [] : [Array.from({ length: schema.maxItems + 1 }, (_, i) => i + 1)]),
  ];
  const strange = [
    null,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u200b',
    -0,
    1e308,
    2 ** 53,
    '1',
    [],
    {},
    true,
    [[[]]],
  ];
  const mutants = schema.properties === undefined ? [] : [mutatedObjectsOf(schema, resolve)];
  return fc.oneof(fc.constantFrom<unknown>(...beyond, ...strange), fc.jsonValue(), ...mutants);
}

function stringsOf({ pattern, minLength = 0, maxLength = 100 }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined)
    return fc
      .stringMatching(new RegExp(pattern))
      .filter(({ length }) => length >= minLength && length <= maxLength);
  return fc.oneof(
    fc.string({ minLength, maxLength }),
    fc.string({ minLength, maxLength: Math.max(minLength, Math.floor(maxLength / 2)), unit: 'binary' }),
    fc.constantFrom('x'.repeat(maxLength), 'x'.repeat(Math.max(1, minLength))),
  );
}

function integersOf({ minimum = 0, maximum = 2 ** 31 }: Schema): fc.Arbitrary<number> {
  const few = { min: minimum, max: Math.min(maximum, minimum + 5) };
  return fc.oneof(
    fc.constantFrom(minimum, maximum),
    fc.integer(few),
    fc.integer({ min: minimum, max: maximum }),
  );
}

function objectsOf({ properties = {}, required = [] }: Schema, resolve: Resolve): fc.Arbitrary<object> {
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema, resolve)]),
  );
  return fc.record(members, { requiredKeys: [...required] });
}

/** Objects with one member that is wrong, missing or unknown. */
function mutatedObjectsOf(schema: Schema, resolve: Resolve): fc.Arbitrary<object> {
  const { properties = {} } = schema;
  const wrong = Object.entries(properties).map(([name, member]) =>
    fc.record({ [name]: otherValuesOf(member, resolve) }),
  );
  const missing = Object.keys(properties).map((name) => fc.constant({ [name]: undefined }));
  const unknown = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { minKeys: 1, maxKeys: 2 });
  return fc
    .tuple(objectsOf(schema, resolve), fc.oneof(unknown, ...wrong, ...missing))
    .map(([object, change]) => ({ ...object, ...change }));
}
