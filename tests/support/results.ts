import type { Result } from '@frontrow/domain/shared/result.ts';

/** The value of a result; throws on a refusal. */
export function unwrap<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
}

/** The result of a use case that refuses with `code`. */
export function refused(code: string, facts: object = {}): object {
  return { ok: false, refusal: { code, ...facts } };
}
