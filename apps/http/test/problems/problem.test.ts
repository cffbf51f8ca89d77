import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../src/problems/problem.ts';

const FILE = new URL('../../../../docs/refusals.md', import.meta.url);

describe('the table of problems', () => {
  it('equals the table in docs/refusals.md', () => {
    const rows = [
      ...readFileSync(FILE, 'utf8').matchAll(/^\| `(\w+)` +\| (\d{3}) +\| ([^|]+) \| ([^|]+) \|$/gm),
    ];
    const documented = rows.map(([, code, status]) => [code, Number(status)]);
    expect(documented.length).toBeGreaterThan(20);
    expect(Object.fromEntries(documented)).toEqual(
      Object.fromEntries(Object.entries(PROBLEMS).map(([code, { status }]) => [code, status])),
    );
    const bare = rows.filter(([, , , when, advice]) => !when?.trim() || !advice?.trim());
    expect(bare.map(([, code]) => code)).toEqual([]);
  });
});
