/** The result of a decision: a value, or a refusal that is part of the business. A fault is thrown instead. */
export type Result<T, E> = Ok<T> | Refused<E>;
export type Ok<T> = { readonly ok: true; readonly value: T };
export type Refused<E> = { readonly ok: false; readonly refusal: E };

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function refuse<E>(refusal: E): Refused<E> {
  return { ok: false, refusal };
}
