import type { Layout } from '@frontrow/client';
import { describe, expect, it } from 'vitest';
import {
  changeCategory,
  changeSection,
  relabelSeats,
  renameRow,
  splitLabels,
} from '../../../src/console/layouts/edit-layout.ts';
import { layoutChanges } from '../../../src/console/layouts/layout-changes.ts';
import { newDateBody } from '../../../src/console/layouts/new-date-body.ts';
import { readLayout } from '../../../src/console/layouts/read-layout.ts';

const PARTERRE: Layout['sections'][number] = {
  name: 'Parterre',
  rows: [
    {
      label: 'A',
      seats: [
        { label: '1', x: 0, y: 0, category: 'a', accessible: true },
        { label: '2', x: 1, y: 0, category: 'a', companionOf: '1' },
      ],
    },
  ],
};
const LAYOUT: Layout = {
  categories: [{ key: 'a', name: 'Front', price: 100, colour: '#000000' }],
  sections: [PARTERRE],
};

describe('layoutChanges', () => {
  it('says nothing of the same layout', () => {
    expect(layoutChanges(LAYOUT, structuredClone(LAYOUT))).toEqual([]);
  });

  it('says what happens to categories', () => {
    const priced = changeCategory(LAYOUT, 0, { name: 'Best', price: 120 });
    const added = {
      ...priced,
      categories: [...priced.categories, { key: 'b', name: 'Rear', price: 5, colour: '#111111' }],
    };

    expect(layoutChanges(LAYOUT, added)).toEqual([
      'Category Front is called Best',
      'Category Best costs 120 in place of 100',
      'Category Rear is new, at 5',
    ]);
    expect(layoutChanges(added, priced)).toEqual(['Category Rear is removed']);
  });

  it('counts the seats that differ', () => {
    const relabelled = relabelSeats(renameRow({ ...PARTERRE, name: 'Stalls' }, 0, 'AA'), 0, ['11', '12']);
    const changed = changeSection(LAYOUT, 0, relabelled ?? PARTERRE);

    expect(layoutChanges(LAYOUT, changed)).toEqual([
      'Section Parterre is called Stalls',
      '1 row of Stalls renamed',
      '2 seats renamed',
      '1 seat with other notes (accessible, companion, view or rank)',
    ]);
  });

  it('says that a shorter hall is not possible', () => {
    const shorter = changeSection(LAYOUT, 0, { rows: [] });

    expect(layoutChanges(LAYOUT, shorter)).toContain('2 seats removed, which is not possible');
    expect(layoutChanges(shorter, LAYOUT)).toContain('2 seats added');
  });
});

describe('relabelSeats', () => {
  it('keeps a companion beside the seat that is called otherwise', () => {
    expect(relabelSeats(PARTERRE, 0, ['x', 'y'])?.rows[0]?.seats[1]).toMatchObject({
      label: 'y',
      companionOf: 'x',
    });
  });

  it('takes as many labels as there are seats', () => {
    expect(relabelSeats(PARTERRE, 0, ['x'])).toBeNull();
    expect(relabelSeats(PARTERRE, 7, [])).toBeNull();
    expect(splitLabels(' 1, , 2a ,3')).toEqual(['1', '2a', '3']);
  });
});

describe('readLayout', () => {
  it('reads what is exported', () => {
    expect(readLayout(JSON.stringify(LAYOUT))).toEqual({ ok: true, layout: LAYOUT });
  });

  it.each([
    ['', 'not JSON'],
    ['{', 'not JSON'],
    ['null', 'object'],
    ['[]', 'object'],
    ['{"categories":{}}', 'categories'],
    ['{"categories":[null],"sections":[]}', 'categories'],
    ['{"categories":[]}', 'sections'],
    ['{"categories":[],"sections":[{"name":"P"}]}', 'rows of section P'],
    ['{"categories":[],"sections":[{"name":"P","rows":[{"label":"A","seats":[{}]}]}]}', 'seats of P A'],
    [
      '{"categories":[],"sections":[{"name":"P","rows":[{"label":"A","seats":[{"label":"1","category":"a","x":"0","y":0}]}]}]}',
      'numbers as x and y',
    ],
  ])('says what is wrong with %j', (text, words) => {
    const read = readLayout(text);

    expect(read.ok ? 'read' : read.detail).toContain(words);
  });
});

describe('newDateBody', () => {
  const texts = {
    venue: 'Arena',
    startsAt: '2026-12-24T10:00:00.000Z',
    timeZone: '',
    reservationStartAt: '2026-12-01T11:00:00.000Z',
    reservationEndAt: '2026-12-24T09:00:00.000Z',
    refundUntil: '',
    accessibleReleaseAt: '2026-12-20T00:00:00.000Z',
    seatCount: '50',
    price: '100',
  };
  const { venue, startsAt, reservationStartAt, reservationEndAt, accessibleReleaseAt } = texts;
  const named = { venue, startsAt, reservationStartAt, reservationEndAt };

  it('has either plain seats, a template or a layout, and leaves empty texts to the server', () => {
    expect(newDateBody(texts, { kind: 'plain' })).toEqual({ ...named, seatCount: 50, price: 100 });
    expect(newDateBody(texts, { kind: 'template', layoutTemplateId: 't' })).toEqual({
      ...named,
      layoutTemplateId: 't',
      accessibleReleaseAt,
    });
    expect(newDateBody(texts, { kind: 'layout', layout: LAYOUT })).toMatchObject({ layout: LAYOUT });
  });
});
