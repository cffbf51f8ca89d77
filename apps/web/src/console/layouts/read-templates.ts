import { type LayoutTemplate, answerOf, listLayoutTemplates } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import type { ReadPage } from '../data/pages.ts';

/** Every layout template, a page of 100 at a time. */
export const readTemplates: ReadPage<LayoutTemplate> = (cursor, signal) =>
  answerOf(
    listLayoutTemplates({
      client,
      signal,
      query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) },
    }),
  );
