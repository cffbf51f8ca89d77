import { describe, expect, it } from 'vitest';
import { checkLayout } from '../../src/halls/check-layout.ts';
import type { Layout } from '../../src/halls/layout.ts';
import { LAYOUT, rowOf, withRows } from './sample-layout.ts';

function faults(layout: Layout): readonly string[] {
  const checked = checkLayout(layout);
  return checked.ok ? [] : checked.refusal.errors.map(({ pointer }) => pointer);
}

const [front, rear] = LAYOUT.categories;
const [parterre] = LAYOUT.sections;

describe('a layout', () => {
  it('is accepted as it is', () => {
    expect(checkLayout(LAYOUT)).toEqual({ ok: true, value: LAYOUT });
  });

  it('has sections, rows, seats and categories', () => {
    expect(faults({ categories: [], sections: [] })).toEqual(['/categories', '/sections']);
    expect(faults(withRows())).toEqual(['/sections/0/rows']);
    expect(faults(withRows({ label: 'A', seats: [] }))).toEqual(['/sections/0/rows/0/seats']);
  });

  it('has at most 50,000 seats and 200 sections', () => {
    expect(faults(withRows(rowOf('A', 49_998)))).toEqual([]);
    expect(faults(withRows(rowOf('A', 49_999)))).toEqual(['/sections']);
    const sections = Array.from({ length: 201 }, (_, index) => ({ ...parterre!, name: `${index}` }));
    expect(faults({ ...LAYOUT, sections })).toEqual(['/sections']);
  });

  it('uses no name, label or key twice where it identifies', () => {
    expect(faults({ ...LAYOUT, categories: [front!, rear!, front!] })).toEqual(['/categories/2/key']);
    expect(faults({ ...LAYOUT, sections: [parterre!, parterre!] })).toEqual(['/sections/1/name']);
    expect(faults(withRows(rowOf('A', 1), rowOf('A', 2)))).toEqual(['/sections/0/rows/1/label']);
    expect(faults(withRows(rowOf('A', 3, { 3: { label: '1' } })))).toEqual([
      '/sections/0/rows/0/seats/2/label',
    ]);
  });

  it('tells labels apart by their case, not by the form of their Unicode', () => {
    expect(faults(withRows(rowOf('A', 2, { 1: { label: 'e' }, 2: { label: 'E' } })))).toEqual([]);
    const accented = rowOf('A', 2, { 1: { label: '\u00e9' }, 2: { label: 'e\u0301' } });
    expect(faults(withRows(accented))).toEqual(['/sections/0/rows/0/seats/1/label']);
  });

  it('has categories with a key, a name, a price and a colour', () => {
    const bad = { key: 'a b', name: '', price: 0.5, colour: 'red' };
    expect(faults({ ...LAYOUT, categories: [front!, rear!, bad] })).toEqual([
      '/categories/2/key',
      '/categories/2/name',
      '/categories/2/price',
      '/categories/2/colour',
    ]);
    const tooDear = { ...rear!, price: 20_000_000_001 };
    expect(faults({ ...LAYOUT, categories: [front!, tooDear] })).toEqual(['/categories/1/price']);
  });

  it.each([
    ['an unknown category', { category: 'C' }, 'category'],
    ['an infinite coordinate', { x: Infinity }, 'x'],
    ['a coordinate that is far away', { y: -1_000_001 }, 'y'],
    ['a rank below 1', { rank: 0 }, 'rank'],
    ['a label of 21 characters', { label: '123456789012345678901' }, 'label'],
    ['a block without a reason', { blocked: '' }, 'blocked'],
    ['the companion of a seat that is not accessible', { companionOf: '1' }, 'companionOf'],
    ['the companion of a seat that is not there', { companionOf: '9' }, 'companionOf'],
  ])('has no seat with %s', (_, changes, member) => {
    expect(faults(withRows(rowOf('A', 3, { 2: changes })))).toEqual([`/sections/0/rows/0/seats/1/${member}`]);
  });

  it('has the companions of an accessible seat beside it', () => {
    const companion = { companionOf: '3' };
    const accessible = { 3: { accessible: true } };
    expect(
      faults(withRows(rowOf('A', 6, { ...accessible, 1: companion, 2: companion, 4: companion }))),
    ).toEqual([]);
    expect(faults(withRows(rowOf('A', 6, { ...accessible, 5: companion })))).toEqual([
      '/sections/0/rows/0/seats/4/companionOf',
    ]);
    const both = { accessible: true, companionOf: '3' };
    expect(faults(withRows(rowOf('A', 6, { ...accessible, 2: both })))).toEqual([
      '/sections/0/rows/0/seats/1/companionOf',
    ]);
  });

  it('reports the first hundred faults', () => {
    const seats = rowOf('A', 500).seats.map((seat) => ({ ...seat, category: 'none' }));
    const pointers = faults(withRows({ label: 'A', seats }));
    expect(pointers).toHaveLength(100);
    expect(pointers[99]).toBe('/sections/0/rows/0/seats/99/category');
  });
});
