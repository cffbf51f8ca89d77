import type { FieldError } from '@frontrow/domain/shared/refusals.ts';
import { referenceToken } from './json-pointer.ts';

type Place = { readonly value: unknown; readonly pointer: string };

/**
 * Finds the first `errorsMax` texts with a lone surrogate (U+D800 to U+DFFF) in a parsed JSON value. UTF-8 cannot encode one,
 * so the database and the answer would each replace it. A member with such a name is an error of its object. Uses no
 * recursion, because JSON may be nested as deep as it is long.
 */
export function illFormedTexts(json: unknown, errorsMax: number): FieldError[] {
  const errors: FieldError[] = [];
  const places: Place[] = [{ value: json, pointer: '' }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    if (errors.length === errorsMax) break;
    const { value, pointer } = place;
    if (typeof value === 'string' && !value.isWellFormed())
      errors.push({ pointer, detail: 'is not well-formed Unicode: it has a lone surrogate' });
    if (typeof value !== 'object' || value === null) continue;
    // The last is visited first, so they are added in reverse.
    for (const [name, member] of Object.entries(value).toReversed())
      if (!name.isWellFormed())
        errors.push({ pointer, detail: 'has a member whose name is not well-formed Unicode' });
      else if (typeof member === 'string' || typeof member === 'object')
        places.push({ value: member, pointer: pointer + referenceToken(name) });
  }
  return errors.slice(0, errorsMax);
}
