import type { FieldError } from '@frontrow/domain/shared/refusals.ts';
import { referenceToken } from './json-pointer.ts';

const DETAIL = 'is not well-formed Unicode: it has a lone surrogate';

/**
 * Finds the texts with a lone surrogate (U+D800 to U+DFFF) in a parsed JSON value. UTF-8 cannot encode one, so the database
 * and the answer would each replace it. A member with such a name is an error of its object.
 */
export function illFormedTexts(value: unknown, pointer = ''): FieldError[] {
  if (typeof value === 'string') return value.isWellFormed() ? [] : [{ pointer, detail: DETAIL }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name.isWellFormed()
      ? illFormedTexts(member, pointer + referenceToken(name))
      : [{ pointer, detail: 'has a member whose name is not well-formed Unicode' }],
  );
}
