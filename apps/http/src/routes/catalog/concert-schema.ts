import type { Concert } from '@frontrow/domain/catalog/concert.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { id, name, queryBoolean } from '../shared/fields.ts';
import { pageOf, pageQuery } from '../shared/paging.ts';
import { presentSales, salesFields } from './sales-schema.ts';

const facts = {
  title: 'Winter Light',
  artist: 'The Night Owls',
  description: 'Two nights in Seoul.',
};
const example = {
  id: EXAMPLE.concertId,
  ...facts,
  visibility: 'PUBLISHED',
  salesState: 'RUNNING',
  reason: null,
};

export const visibility = z
  .enum(['DRAFT', 'PUBLISHED', 'ARCHIVED'])
  .meta({ description: 'Only a PUBLISHED concert is public' });

export const concert = z
  .object({ id, title: z.string(), artist: z.string(), description: z.string(), visibility, ...salesFields })
  .meta({ id: 'Concert', examples: [example] });

/** What identifies a concert to fans, inside other answers. */
export const concertName = z.object({ id, title: z.string(), artist: z.string() });

export const concertPage = pageOf(concert).meta({
  id: 'ConcertPage',
  examples: [{ items: [example], nextCursor: null }],
});

const SEARCH_LENGTH_MAX = 100;
export const concertQuery = pageQuery.extend({
  q: z
    .string()
    .trim()
    .min(1)
    .max(SEARCH_LENGTH_MAX)
    .optional()
    .meta({ description: 'Only concerts with each of these words in the title or the artist' }),
  bookable: queryBoolean
    .optional()
    .meta({ description: 'true for the concerts with a date on sale in the present minute; false for all' }),
});

const DESCRIPTION_LENGTH_MAX = 2_000;
/** Line breaks and tabs are the only control characters of a description. */
const CONTROL_EXCEPT_LAYOUT = /(?![\t\n\r])\p{Cc}/u;
const descriptionText = z
  .string()
  .max(DESCRIPTION_LENGTH_MAX)
  .refine((text) => !CONTROL_EXCEPT_LAYOUT.test(text), 'must have no control characters');

export const newConcert = z
  .strictObject({
    title: name,
    artist: name,
    description: descriptionText.optional(),
    visibility: z
      .enum(['DRAFT', 'PUBLISHED'])
      .default('PUBLISHED')
      .meta({ description: 'A DRAFT is not public' }),
  })
  .meta({ id: 'NewConcert', examples: [facts] });

/** Exact, because the use case writes every member that is present. */
export const concertPatch = z
  .strictObject({
    title: z.exactOptional(name),
    artist: z.exactOptional(name),
    description: z.exactOptional(descriptionText),
    visibility: z.exactOptional(visibility),
  })
  .meta({ id: 'ConcertPatch', examples: [{ title: 'Winter Lights', visibility: 'ARCHIVED' }] });

export function presentConcertName({ id: concertId, title, artist }: Concert): z.output<typeof concertName> {
  return { id: concertId, title, artist };
}

export function presentConcert({
  id: concertId,
  title,
  artist,
  description,
  visibility: shown,
  sales,
}: Concert): z.output<typeof concert> {
  return { id: concertId, title, artist, description, visibility: shown, ...presentSales(sales) };
}
