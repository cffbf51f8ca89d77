import type { Concert } from '@frontrow/domain/catalog/concert.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { id } from '../shared/fields.ts';
import { pageOf } from '../shared/paging.ts';

const facts = {
  title: 'Winter Light',
  artist: 'The Night Owls',
  description: 'Two nights in Seoul.',
};
const example = { id: EXAMPLE.concertId, ...facts };

export const concert = z
  .object({ id, title: z.string(), artist: z.string(), description: z.string() })
  .meta({ id: 'Concert', examples: [example] });

export const concertPage = pageOf(concert).meta({
  id: 'ConcertPage',
  examples: [{ items: [example], nextCursor: null }],
});

const NAME_LENGTH_MAX = 200;
const DESCRIPTION_LENGTH_MAX = 2_000;
/** Line breaks and tabs are the only control characters of a description. */
const CONTROL = /\p{Cc}/u;
const CONTROL_EXCEPT_LAYOUT = /(?![\t\n\r])\p{Cc}/u;
/** A character that is neither a space nor invisible, such as a zero-width joiner. */
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point})[^\p{Z}\p{C}]/u;

export const name = z
  .string()
  .trim()
  .min(1)
  .max(NAME_LENGTH_MAX)
  .refine((text) => !CONTROL.test(text), 'must have no control characters')
  .refine((text) => VISIBLE.test(text), 'must have a visible character');

const descriptionText = z
  .string()
  .max(DESCRIPTION_LENGTH_MAX)
  .refine((text) => !CONTROL_EXCEPT_LAYOUT.test(text), 'must have no control characters');

export const newConcert = z
  .strictObject({ title: name, artist: name, description: descriptionText.optional() })
  .meta({ id: 'NewConcert', examples: [facts] });

export function presentConcert({
  id: concertId,
  title,
  artist,
  description,
}: Concert): z.output<typeof concert> {
  return { id: concertId, title, artist, description };
}
