import type { LayoutSource } from '@frontrow/application/use-cases/halls/create-layout-template.ts';
import type { LayoutTemplate } from '@frontrow/domain/halls/layout-template.ts';
import { NAME_LENGTH_MAX } from '@frontrow/domain/halls/layout.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { id, instant, lineOf } from '../shared/fields.ts';
import { pageOf } from '../shared/paging.ts';
import { layout, layoutExample, storedLayout } from './layout-schema.ts';
import { SEAT_COLUMNS, parseSeats } from './seats-csv.ts';

export const templateName = lineOf(NAME_LENGTH_MAX).meta({ description: 'Of one template only' });
const NAME = 'Olympic Hall, seated';
export const CSV_EXAMPLE = [SEAT_COLUMNS.join(','), 'Parterre,A,1,0,0,front,120000,true,,,,', ''].join(
  '\r\n',
);
const example = {
  id: EXAMPLE.layoutTemplateId,
  name: NAME,
  seatCount: 2,
  createdAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-20T09:00:00.000Z',
};
const members = {
  id,
  name: z.string(),
  seatCount: z.int().min(1).max(SEATS_PER_EVENT_MAX),
  createdAt: instant,
  updatedAt: instant,
};

export const layoutTemplate = z.object(members).meta({ id: 'LayoutTemplate', examples: [example] });
export const layoutTemplatePage = pageOf(layoutTemplate).meta({
  id: 'LayoutTemplatePage',
  examples: [{ items: [example], nextCursor: null }],
});
export const layoutTemplateWithLayout = z
  .object({ ...members, layout: storedLayout })
  .meta({ id: 'LayoutTemplateWithLayout', examples: [{ ...example, layout: layoutExample }] });

export const newLayoutTemplate = z
  .strictObject({
    name: templateName,
    layout: layout.optional(),
    seatsCsv: z
      .string()
      .optional()
      .meta({
        description: `A CSV file in place of \`layout\`, with the columns ${SEAT_COLUMNS.join(', ')}`,
        examples: [CSV_EXAMPLE],
      }),
    layoutTemplateId: id.optional().meta({ description: 'Copies this template, in place of `layout`' }),
    eventId: id
      .optional()
      .meta({ description: 'Copies the present layout of this date, in place of `layout`' }),
  })
  .superRefine(({ layout: arranged, seatsCsv, layoutTemplateId, eventId }, context) => {
    const given = [arranged, seatsCsv, layoutTemplateId, eventId].filter((source) => source !== undefined);
    if (given.length !== 1)
      context.addIssue({
        code: 'custom',
        path: ['layout'],
        message: 'is needed, or one of seatsCsv, layoutTemplateId and eventId in its place',
      });
  })
  .meta({
    id: 'NewLayoutTemplate',
    examples: [
      { name: NAME, layout: layoutExample },
      { name: NAME, seatsCsv: CSV_EXAMPLE },
      { name: `${NAME}, without balcony`, layoutTemplateId: EXAMPLE.layoutTemplateId },
    ],
  });

/** Where the layout of a body that `newLayoutTemplate` has accepted comes from. Throws `Refused` for an invalid CSV file. */
export async function sourceOf(body: z.output<typeof newLayoutTemplate>): Promise<LayoutSource> {
  if (body.layout !== undefined) return { layout: body.layout };
  if (body.seatsCsv !== undefined) return { seatList: await parseSeats(body.seatsCsv, '/seatsCsv') };
  if (body.layoutTemplateId !== undefined) return { layoutTemplateId: body.layoutTemplateId };
  return { eventId: body.eventId ?? '' };
}

export const replacedLayoutTemplate = z
  .strictObject({ name: templateName, layout })
  .meta({ id: 'ReplacedLayoutTemplate', examples: [{ name: NAME, layout: layoutExample }] });

export function presentTemplate(of: LayoutTemplate): z.output<typeof layoutTemplate> {
  const { id: templateId, name, seatCount } = of;
  return {
    id: templateId,
    name,
    seatCount,
    createdAt: formatInstant(of.createdAt),
    updatedAt: formatInstant(of.updatedAt),
  };
}
