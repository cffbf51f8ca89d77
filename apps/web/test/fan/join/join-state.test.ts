import { describe, expect, it } from 'vitest';
import { NEW_JOIN, afterRefusal, needsCode } from '../../../src/fan/join/join-state.ts';

const PUBLIC_START = '2026-12-04T11:00:00.000Z';
const publicStart = Date.parse(PUBLIC_START);
const problem = { title: '', detail: '', instance: '' };
const required = {
  ...problem,
  type: 'urn:frontrow:problem:SALE_CODE_REQUIRED',
  code: 'SALE_CODE_REQUIRED',
  status: 403,
  publicStartAt: PUBLIC_START,
} as const;
const invalid = {
  ...problem,
  type: 'urn:frontrow:problem:SALE_CODE_INVALID',
  code: 'SALE_CODE_INVALID',
  status: 422,
} as const;

describe('the state of a join', () => {
  it('needs no code before the server has asked for one', () => {
    expect(needsCode(NEW_JOIN, publicStart - 1)).toBe(false);
  });

  it('needs a code from the refusal until the public start', () => {
    const state = afterRefusal(NEW_JOIN, required);

    expect(needsCode(state, publicStart - 1)).toBe(true);
    expect(needsCode(state, publicStart)).toBe(false);
  });

  it('still needs a code after one was refused', () => {
    const state = afterRefusal(afterRefusal(NEW_JOIN, required), invalid);

    expect(state.problem).toBe(invalid);
    expect(needsCode(state, publicStart - 1)).toBe(true);
  });
});
