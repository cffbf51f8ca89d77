import type { Layout } from '@frontrow/client';

/** What differs between two versions of a layout, in words and in the order of the hall. */
export function layoutChanges(before: Layout, after: Layout): readonly string[] {
  return [
    ...categoryChanges(before, after),
    ...sectionChanges(before, after),
    ...seatChanges(seatsOf(before), seatsOf(after)),
    ...(JSON.stringify(before.stage) === JSON.stringify(after.stage) ? [] : ['The stage is moved']),
  ];
}

function categoryChanges(before: Layout, after: Layout): string[] {
  const known = new Map(before.categories.map((category) => [category.key, category]));
  const kept = new Set(after.categories.map(({ key }) => key));
  const removed = before.categories.filter(({ key }) => !kept.has(key));
  return [
    ...after.categories.flatMap(({ key, name, price, colour }) => {
      const was = known.get(key);
      if (was === undefined) return [`Category ${name} is new, at ${price}`];
      return [
        ...(was.name === name ? [] : [`Category ${was.name} is called ${name}`]),
        ...(was.price === price ? [] : [`Category ${name} costs ${price} in place of ${was.price}`]),
        ...(was.colour === colour ? [] : [`Category ${name} has another colour`]),
      ];
    }),
    ...removed.map(({ name }) => `Category ${name} is removed`),
  ];
}

function sectionChanges(before: Layout, after: Layout): string[] {
  return after.sections.flatMap((section, index) => {
    const was = before.sections[index];
    if (was === undefined) return [`Section ${section.name} is new`];
    const rows = section.rows.filter(({ label }, row) => {
      const label2 = was.rows[row]?.label;
      return label2 !== undefined && label2 !== label;
    });
    return [
      ...(was.name === section.name ? [] : [`Section ${was.name} is called ${section.name}`]),
      ...((was.kind ?? 'SEATED') === (section.kind ?? 'SEATED')
        ? []
        : [`Section ${section.name} is of another kind`]),
      ...(rows.length === 0 ? [] : [`${countOf(rows.length, 'row')} of ${section.name} renamed`]),
    ];
  });
}

type Seat = Layout['sections'][number]['rows'][number]['seats'][number];

function seatsOf({ sections }: Layout): readonly Seat[] {
  return sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats));
}

/** Seats are compared by their numbers. */
function seatChanges(before: readonly Seat[], after: readonly Seat[]): string[] {
  const both = after.slice(0, before.length);
  const differing = (differs: (was: Seat, is: Seat) => boolean) =>
    both.filter((seat, index) => differs(before[index] ?? seat, seat)).length;
  const counts: readonly (readonly [count: number, words: string])[] = [
    [after.length - before.length, 'added'],
    [before.length - after.length, 'removed, which is not possible'],
    [differing((was, is) => was.label !== is.label), 'renamed'],
    [differing((was, is) => was.category !== is.category), 'in another category'],
    [differing((was, is) => was.x !== is.x || was.y !== is.y), 'moved on the map'],
    [differing((was, is) => was.blocked === undefined && is.blocked !== undefined), 'blocked by the house'],
    [
      differing((was, is) => was.blocked !== undefined && is.blocked === undefined),
      'no longer blocked by the house',
    ],
    [
      differing(
        (was, is) =>
          was.accessible !== is.accessible ||
          was.companionOf !== is.companionOf ||
          was.obstructedView !== is.obstructedView ||
          was.rank !== is.rank,
      ),
      'with other notes (accessible, companion, view or rank)',
    ],
  ];
  return counts.flatMap(([count, words]) => (count > 0 ? [`${countOf(count, 'seat')} ${words}`] : []));
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
