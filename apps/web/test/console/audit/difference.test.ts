import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../../src/console/audit/difference.ts';

describe('differencesOf', () => {
  it('names the members that differ, also inside of objects and lists', () => {
    const before = { title: 'A', hold: { ttlMs: 1, max: 4 }, list: [1, 2], same: { x: null } };
    const after = { title: 'B', hold: { ttlMs: 2, max: 4 }, list: [1, 3, 4], same: { x: null } };

    expect(differencesOf(before, after)).toEqual([
      { path: 'title', before: 'A', after: 'B' },
      { path: 'hold.ttlMs', before: 1, after: 2 },
      { path: 'list.1', before: 2, after: 3 },
      { path: 'list.2', before: undefined, after: 4 },
    ]);
  });

  it('shows the whole of what was created or removed', () => {
    expect(differencesOf(null, { a: 1 })).toEqual([{ path: '', before: null, after: { a: 1 } }]);
    expect(differencesOf({ a: 1 }, null)).toEqual([{ path: '', before: { a: 1 }, after: null }]);
    expect(differencesOf(null, null)).toEqual([]);
  });

  it('tells a list from an object, and null from a member that is not there', () => {
    expect(differencesOf({ a: [] }, { a: {} })).toEqual([{ path: 'a', before: [], after: {} }]);
    expect(differencesOf({ a: null }, {})).toEqual([{ path: 'a', before: null, after: undefined }]);
  });

  it('does not take inherited members for those of a value', () => {
    const after = JSON.parse('{"constructor":1,"toString":2,"__proto__":3}') as object;

    expect(differencesOf({}, after).map(({ path }) => path)).toEqual([
      'constructor',
      'toString',
      '__proto__',
    ]);
  });

  it('stops at 200', () => {
    const after = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`m${index}`, index]));

    expect(differencesOf({}, after)).toHaveLength(200);
  });
});
