import type { FoundLayout } from '@frontrow/application/use-cases/halls/get-layout.ts';
import {
  CATEGORIES_MAX,
  COORDINATE_MAX,
  LABEL_LENGTH_MAX,
  type LayoutSeat,
  NAME_LENGTH_MAX,
  NOTE_LENGTH_MAX,
  OUTLINE_POINTS_MAX,
  RANK_MAX,
  SECTIONS_MAX,
} from '@frontrow/domain/halls/layout.ts';
import { countSeats } from '@frontrow/domain/halls/numbered-seats.ts';
import { SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { id, layoutVersion, lineOf, money, seatNumber } from '../shared/fields.ts';

const coordinate = z.number().min(-COORDINATE_MAX).max(COORDINATE_MAX);
const point = z.strictObject({ x: coordinate, y: coordinate });
const label = lineOf(LABEL_LENGTH_MAX);
const note = lineOf(NOTE_LENGTH_MAX);
const category = z.strictObject({
  key: z.string(),
  name: lineOf(NAME_LENGTH_MAX),
  price: money,
  colour: z.string().meta({ description: '#rrggbb' }),
});
const publicSeat = z.strictObject({
  label,
  x: coordinate,
  y: coordinate,
  category: z.string().meta({ description: 'The key of a category' }),
  rank: z.exactOptional(z.int().min(1).max(RANK_MAX)).meta({ description: '1 is the best' }),
  accessible: z.exactOptional(z.boolean()).meta({ description: 'For a wheelchair' }),
  companionOf: z
    .exactOptional(label)
    .meta({ description: 'The label of the accessible seat of the row, beside which a companion sits here' }),
  obstructedView: z.exactOptional(note).meta({ description: 'What stands in the way of the view' }),
});
export const seat = publicSeat.extend({
  blocked: z
    .exactOptional(note)
    .meta({ description: 'Why the house keeps the seat back; only staff see it' }),
});
const section = {
  name: lineOf(NAME_LENGTH_MAX),
  kind: z.enum(['SEATED', 'STANDING']),
  outline: z
    .array(point)
    .max(OUTLINE_POINTS_MAX)
    .meta({ description: 'The corners of the section on the map' }),
};
const hall = {
  stage: z.exactOptional(point).meta({ description: 'Where the stage is, in the coordinates of the seats' }),
  categories: z.array(category).max(CATEGORIES_MAX),
};

const exampleSeats = [
  { label: '1', x: 0, y: 0, category: 'front', accessible: true },
  { label: '2', x: 10, y: 0, category: 'front', companionOf: '1' },
];
const exampleSection = { name: 'Parterre', kind: 'SEATED', outline: [] } as const;
const exampleHall = {
  stage: { x: 5, y: -40 },
  categories: [{ key: 'front', name: 'Front', price: 120_000, colour: '#1e90ff' }],
};
export const layoutExample = {
  ...exampleHall,
  sections: [{ ...exampleSection, rows: [{ label: 'A', seats: exampleSeats }] }],
};

const rowsWithBlocks = z
  .array(z.strictObject({ label, seats: z.array(seat).max(SEATS_PER_EVENT_MAX) }))
  .max(SEATS_PER_EVENT_MAX);

/** A layout in a request of an organiser. */
export const layout = z
  .strictObject({
    ...hall,
    sections: z
      .array(
        z.strictObject({
          name: section.name,
          kind: section.kind.default('SEATED'),
          outline: section.outline.default([]),
          rows: rowsWithBlocks,
        }),
      )
      .max(SECTIONS_MAX),
  })
  .meta({
    id: 'Layout',
    description: `At most ${SEATS_PER_EVENT_MAX} seats in 200 sections; seats are numbered from 1 in this order`,
    examples: [layoutExample],
  });

/** A layout as an organiser reads it. */
export const storedLayout = z
  .object({ ...hall, sections: z.array(z.object({ ...section, rows: rowsWithBlocks })) })
  .meta({
    id: 'StoredLayout',
    description: 'With the seats that the house blocks; every route that takes a layout takes it',
    examples: [layoutExample],
  });

/** A layout as everybody may read it. */
export const publicLayout = z
  .object({
    eventId: id,
    version: layoutVersion.meta({ description: '0 for a date without a layout' }),
    seatCount: z.int().min(1).max(SEATS_PER_EVENT_MAX),
    ...hall,
    sections: z.array(
      z.object({
        ...section,
        rows: z.array(
          z.object({
            label,
            firstNumber: seatNumber.meta({ description: 'Of its first seat; the next ones follow' }),
            seats: z.array(publicSeat),
          }),
        ),
      }),
    ),
  })
  .meta({
    id: 'EventLayout',
    examples: [
      {
        eventId: EXAMPLE.eventId,
        version: 1,
        seatCount: 2,
        ...exampleHall,
        sections: [{ ...exampleSection, rows: [{ label: 'A', firstNumber: 1, seats: exampleSeats }] }],
      },
    ],
  });

/** Leaves out why the house blocks a seat. */
export function presentLayout({ eventId, version, layout: of }: FoundLayout): z.output<typeof publicLayout> {
  let firstNumber = 1;
  const sections = of.sections.map(({ name, kind, outline, rows }) => ({
    name,
    kind,
    outline: [...outline],
    rows: rows.map(({ label: rowLabel, seats }) => {
      const row = { label: rowLabel, firstNumber, seats: seats.map(presentSeat) };
      firstNumber += seats.length;
      return row;
    }),
  }));
  const { stage, categories } = of;
  const onStage = stage === undefined ? {} : { stage };
  return { eventId, version, seatCount: countSeats(of), ...onStage, categories: [...categories], sections };
}

function presentSeat(of: LayoutSeat): z.output<typeof publicSeat> {
  const { blocked: _, ...seen } = of;
  return seen;
}
