import type { ValidationFailed } from '@frontrow/domain/shared/refusals.ts';

/** Refuses the name of another layout template. */
export const NAME_USED: ValidationFailed = {
  code: 'VALIDATION_FAILED',
  errors: [{ pointer: '/name', detail: 'is the name of another layout template' }],
};
