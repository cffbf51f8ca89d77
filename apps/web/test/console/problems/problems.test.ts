import { describe, expect, it } from 'vitest';
import type { AnyProblem } from '../../../src/console/data/answer.ts';
import { errorAt } from '../../../src/console/problems/field-errors.ts';
import { problemText } from '../../../src/console/problems/problem-texts.ts';

const invalid: AnyProblem = {
  type: 'urn:frontrow:problem:VALIDATION_FAILED',
  title: 'Validation failed',
  status: 400,
  detail: 'x',
  instance: '/v1/admin/concerts',
  code: 'VALIDATION_FAILED',
  errors: [
    { pointer: '/hold/ttlMs', detail: 'must be at least 100' },
    { pointer: '/title', detail: 'is too long' },
  ],
};

describe('problemText', () => {
  it('names each entry that is not valid', () => {
    expect(problemText(invalid).advice).toBe('hold ttlMs must be at least 100. title is too long.');
  });

  it('says that nobody answered', () => {
    expect(problemText({ code: 'UNREACHABLE', reason: 'NETWORK' }).title).toBe(
      'The server cannot be reached',
    );
  });
});

describe('errorAt', () => {
  it('finds the errors of a member and of its members', () => {
    expect(errorAt(invalid, '/title')).toBe('Is too long.');
    expect(errorAt(invalid, '/hold')).toBe('Must be at least 100.');
  });

  it('finds nothing elsewhere, and nothing in another problem', () => {
    expect(errorAt(invalid, '/tit')).toBeNull();
    expect(errorAt({ code: 'UNREACHABLE', reason: 'NETWORK' }, '/title')).toBeNull();
    expect(errorAt(null, '/title')).toBeNull();
  });
});
