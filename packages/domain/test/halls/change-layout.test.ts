import { describe, expect, it } from 'vitest';
import { changeLayout } from '../../src/halls/change-layout.ts';
import type { Layout } from '../../src/halls/layout.ts';
import { LAYOUT, rowOf, withRows } from './sample-layout.ts';

function faults(next: Layout, taken: readonly number[]): readonly string[] {
  const changed = changeLayout(LAYOUT, next, taken);
  return changed.ok ? [] : changed.refusal.errors.map(({ pointer }) => pointer);
}

const [rowA, rowB] = LAYOUT.sections[0]!.rows;

describe('the next version of a layout', () => {
  it('adds seats at the end and changes seats that nobody has', () => {
    const balcony = { ...LAYOUT.sections[1]!, rows: [rowOf('A', 4)] };
    const next = { ...withRows(rowA!, rowOf('C', 3)), sections: [LAYOUT.sections[0]!, balcony] };
    expect(faults(next, [1, 2, 8, 9])).toEqual([]);
    expect(faults(withRows(rowA!, rowOf('C', 3)), [1, 2, 8])).toEqual([]);
  });

  it('keeps the place of every taken seat under its number', () => {
    const renamed = withRows(rowA!, rowOf('C', 3));
    expect(changeLayout(LAYOUT, renamed, [4, 6])).toEqual({
      ok: false,
      refusal: {
        code: 'VALIDATION_FAILED',
        errors: [
          {
            pointer: '/sections/0/rows/1/seats/1',
            detail: 'seat 6 is held or sold, and stays section Parterre, row B, seat 2',
          },
        ],
      },
    });
    const moved = withRows(rowOf('0', 1), rowA!, rowB!);
    expect(faults(moved, [8])).toEqual(['/sections/0/rows/2/seats/2']);
  });

  it('may change the category of a taken seat', () => {
    const next = withRows(rowA!, rowOf('B', 3, { 1: { category: 'B' } }));
    expect(changeLayout(LAYOUT, next, [5])).toMatchObject({ ok: true });
  });

  it('removes no seat', () => {
    expect(faults(withRows(rowA!), [])).toEqual(['/sections']);
  });

  it('blocks no taken seat', () => {
    const next = withRows(rowA!, rowOf('B', 3, { 2: { blocked: 'damaged' } }));
    expect(faults(next, [5])).toEqual([]);
    expect(faults(next, [6])).toEqual(['/sections/0/rows/1/seats/1/blocked']);
  });

  it('leaves a taken seat whose block was released as it is, until the block changes', () => {
    expect(faults(LAYOUT, [4])).toEqual([]);
    const next = withRows(rowOf('A', 4, { 4: { blocked: 'lighting' } }), rowB!);
    expect(faults(next, [4])).toEqual(['/sections/0/rows/0/seats/3/blocked']);
  });

  it('has the blocks that differ', () => {
    const next = withRows(rowOf('A', 4, { 1: { blocked: 'damaged' } }), rowB!);
    expect(changeLayout(LAYOUT, next, [])).toMatchObject({
      ok: true,
      value: { blocks: { blocked: [{ number: 1, reason: 'damaged' }], released: [4] } },
    });
    expect(changeLayout(LAYOUT, LAYOUT, [])).toMatchObject({
      ok: true,
      value: { blocks: { blocked: [], released: [] } },
    });
  });

  it('is a layout', () => {
    expect(faults({ ...LAYOUT, categories: [] }, [])).toContain('/categories');
  });
});
