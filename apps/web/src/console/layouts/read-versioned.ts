import {
  type Layout,
  type LayoutTemplateWithLayout,
  answerOf,
  exportLayout,
  getLayoutTemplate,
} from '@frontrow/client';
import { client } from '../../shared/api.ts';
import type { Answer } from '../data/answer.ts';

type VersionedTemplate = { readonly template: LayoutTemplateWithLayout; readonly etag: string };

/** A template with the version that a change of it has to name. */
export async function readTemplate(
  layoutTemplateId: string,
  signal: AbortSignal,
): Promise<Answer<VersionedTemplate>> {
  const answer = await answerOf(getLayoutTemplate({ client, signal, path: { layoutTemplateId } }));
  if (!answer.ok) return answer;
  return { ok: true, data: { template: answer.data, etag: etagOf(answer.response) } };
}

export type VersionedLayout = { readonly layout: Layout; readonly etag: string };

/** The present layout of a date with the version of the date. */
export async function readEventLayout(
  eventId: string,
  signal?: AbortSignal,
): Promise<Answer<VersionedLayout>> {
  const answer = await answerOf(
    exportLayout({ client, path: { eventId }, ...(signal === undefined ? {} : { signal }) }),
  );
  if (!answer.ok) return answer;
  return { ok: true, data: { layout: answer.data, etag: etagOf(answer.response) } };
}

function etagOf({ headers }: Response): string {
  return headers.get('ETag') ?? '*';
}
