import type { AnyProblem } from '../data/answer.ts';
import { lineOfPointer } from './json-lines.ts';
import type { Layout } from '@frontrow/client';

/** Where a layout comes from, as its author sees it. */
export type LayoutSource =
  | { readonly kind: 'csv'; readonly text: string }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'form'; readonly layout: Layout };

/** Something that the server does not accept. */
export type LayoutFault = {
  /** Such as `Line 17, category` or `Parterre, row A, seat 7, category`. */
  readonly place: string;
  readonly detail: string;
  /** The line of a text that is meant, cut to be shown; null for none. */
  readonly excerpt: string | null;
};

const EXCERPT_MAX = 160;

/** The faults of the layout in a refusal; pointers are those of the body, where `root` leads to the layout. */
export function layoutFaults(
  problem: AnyProblem | null,
  source: LayoutSource,
  root: string,
): readonly LayoutFault[] {
  if (problem?.code !== 'VALIDATION_FAILED') return [];
  return problem.errors
    .filter(({ pointer }) => pointer === root || pointer.startsWith(`${root}/`))
    .map(({ pointer, detail }) => ({ ...placeIn(source, pointer.slice(root.length)), detail }));
}

type Place = Pick<LayoutFault, 'place' | 'excerpt'>;

function placeIn(source: LayoutSource, pointer: string): Place {
  if (source.kind === 'form') return { place: wordsOf(source.layout, pointer), excerpt: null };
  if (source.kind === 'csv') return placeInCsv(source.text, pointer);
  const line = lineOfPointer(source.text, pointer);
  return placeOfLine(source.text, line, pointer.split('/').at(-1) ?? '');
}

/** Pointers of a CSV file have a line and a column, such as `/17/category`. */
function placeInCsv(text: string, pointer: string): Place {
  const [, line = '', column = ''] = pointer.split('/');
  if (line === '') return { place: 'The file', excerpt: null };
  return placeOfLine(text, Number(line), column);
}

function placeOfLine(text: string, line: number, name: string): Place {
  const excerpt = lineAt(text, line)?.trim().slice(0, EXCERPT_MAX) ?? null;
  return { place: name === '' ? `Line ${line}` : `Line ${line}, ${name}`, excerpt };
}

/** A file may have a million lines, of which a few are wanted. */
function lineAt(text: string, line: number): string | undefined {
  let start = 0;
  for (let count = 1; count < line; count += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end);
}

/** A pointer into a layout in the words of the hall. */
function wordsOf(layout: Layout, pointer: string): string {
  const [, list = '', index = '', ...rest] = pointer.split('/');
  if (list === 'categories')
    return wordsFrom(`Category ${layout.categories[Number(index)]?.name ?? index}`, rest);
  const section = layout.sections[Number(index)];
  if (list !== 'sections' || section === undefined) return pointer === '' ? 'The layout' : pointer;
  const [rows, rowIndex = '', seats, seatIndex = '', ...member] = rest;
  const row = rows === 'rows' ? section.rows[Number(rowIndex)] : undefined;
  if (row === undefined || rowIndex === '') return wordsFrom(section.name, rest);
  const seat = seats === 'seats' ? row.seats[Number(seatIndex)] : undefined;
  const place = `${section.name}, row ${row.label}`;
  if (seat === undefined || seatIndex === '') return wordsFrom(place, rest.slice(2));
  return wordsFrom(`${place}, seat ${seat.label}`, member);
}

function wordsFrom(place: string, rest: readonly string[]): string {
  return [place, ...rest].join(', ');
}
