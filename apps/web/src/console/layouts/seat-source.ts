import type { Event } from '@frontrow/client';
import { type Signal, signal } from '@preact/signals';
import type { Answer } from '../data/answer.ts';
import type { ImportedFile } from './import-file.tsx';
import type { NewSeats } from './new-date-body.ts';
import { readEventLayout } from './read-versioned.ts';

export type SeatSourceKind = 'plain' | 'template' | 'copy' | 'file';

/** What the operator has chosen as the seats of a new date. */
export type SeatSource = {
  readonly kind: Signal<SeatSourceKind>;
  readonly layoutTemplateId: Signal<string>;
  readonly file: Signal<ImportedFile | null>;
  /** The date whose layout is copied. */
  readonly copiedId: string | null;
};

export function createSeatSource(copied: Event | null): SeatSource {
  const hasLayout = copied !== null && copied.layoutVersion > 0;
  return {
    kind: signal<SeatSourceKind>(hasLayout ? 'copy' : 'plain'),
    layoutTemplateId: signal(''),
    file: signal<ImportedFile | null>(null),
    copiedId: hasLayout ? copied.id : null,
  };
}

/** What is missing before a date can be added; null for nothing. */
export function sourceBlockedBy({ kind, layoutTemplateId, file }: SeatSource): string | null {
  if (kind.value === 'template' && layoutTemplateId.value === '') return 'Choose a template';
  if (kind.value !== 'file') return null;
  const read = file.value?.read ?? null;
  if (read === null) return 'Choose a file';
  return read.ok ? null : read.detail;
}

/** The seats as the API takes them. Reads the layout of the copied date. */
export async function seatsOfSource(source: SeatSource): Promise<Answer<NewSeats>> {
  const { kind, layoutTemplateId, file, copiedId } = source;
  if (kind.value === 'template')
    return { ok: true, data: { kind: 'template', layoutTemplateId: layoutTemplateId.value } };
  if (kind.value === 'copy' && copiedId !== null) {
    const answer = await readEventLayout(copiedId);
    return answer.ok ? { ok: true, data: { kind: 'layout', layout: answer.data.layout } } : answer;
  }
  const read = kind.value === 'file' ? file.value?.read : null;
  return { ok: true, data: read?.ok === true ? { kind: 'layout', layout: read.layout } : { kind: 'plain' } };
}
