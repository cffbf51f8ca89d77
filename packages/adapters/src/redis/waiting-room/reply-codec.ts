/** A reply value of a script, as ioredis gives it. */
export type ReplyValue = string | number | null | readonly ReplyValue[];
type Field<T> = (value: ReplyValue) => T;

/** Decodes one script's reply. Lua orders the values of a reply by `names` (lua/shared/reply.lua). */
export type ReplyCodec<T> = { readonly names: readonly string[]; decode(reply: ReplyValue): T };
export type Decoded<Codec> = Codec extends ReplyCodec<infer T> ? T : never;

type Fields = Readonly<Record<string, Field<unknown>>>;
type Values<F extends Fields> = { readonly [Name in keyof F]: ReturnType<F[Name]> };

/** A reply of named values, in the order of `fields`. */
export function named<const F extends Fields>(fields: F): ReplyCodec<Values<F>> {
  const entries = Object.entries(fields);
  return {
    names: entries.map(([name]) => name),
    decode(reply) {
      const values = reply as readonly ReplyValue[];
      const decoded: Record<string, unknown> = {};
      for (const [index, [name, field]] of entries.entries()) decoded[name] = field(values[index] ?? '');
      return decoded as Values<F>;
    },
  };
}

/** A reply of a single value. */
export function single<T>(field: Field<T>): ReplyCodec<T> {
  return { names: [], decode: field };
}

export const text: Field<string> = String;
export const number: Field<number> = Number;
export const numberOrNull = (value: ReplyValue): number | null =>
  value === '' || value === null ? null : Number(value);
export const flag = (value: ReplyValue): boolean => String(value) === '1';
export const texts = (value: ReplyValue): readonly string[] => (value as readonly ReplyValue[]).map(String);
/** A text of digits, of which each is a flag. */
export const flags = (value: ReplyValue): readonly boolean[] => Array.from(String(value), flag);

/** A text of replies, with commas between them and spaces between their values (lua/shared/place-replies.lua). */
export function packed<T>(codec: ReplyCodec<T>): Field<readonly T[]> {
  return (value) =>
    String(value)
      .split(',')
      .map((reply) => codec.decode(reply.split(' ')));
}
