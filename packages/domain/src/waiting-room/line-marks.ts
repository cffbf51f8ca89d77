/** The places of the waiting line, in the order of their sequences. */
export type SortedLine = {
  readonly length: number;
  /** The sequence of the place at `position`, from 1 to `length`. */
  sequenceAt(position: number): number;
  /** How many places have at most this sequence, which lies between those of the first and the last place. */
  countUpTo(sequence: number): number;
};

/** A place of the waiting line whose position is published. */
export type LineMark = { readonly sequence: number; readonly position: number };

export const LINE_MARKS_MAX = 50;

/** An error of so many places at the front of the line counts as much as twice as many at twice this position. */
const NEAR = 100;

/**
 * At most `marksMax` places of the line, the first and the last among them, from which `positionByMarks` computes the
 * position of every other. Each further mark splits the span in which a computed position is furthest off, relative to the
 * position. A line that nobody has left needs only two marks.
 */
export function markLine(line: SortedLine, marksMax = LINE_MARKS_MAX): readonly LineMark[] {
  if (line.length === 0) return [];
  const first = markAt(line, 1);
  if (line.length === 1) return [first];
  const spans = [spanBetween(line, first, markAt(line, line.length))];
  while (spans.length < marksMax - 1) {
    const worst = spans.reduce((a, b) => (b.weight > a.weight ? b : a));
    if (worst.furthestOff === null) break;
    spans.splice(spans.indexOf(worst), 1, ...split(line, worst, worst.furthestOff));
  }
  return [first, ...spans.map(({ to }) => to)];
}

/**
 * The position of a waiting place as far as the marks tell: never lower than its true position, and exact where nobody
 * between the marks around it has left. Null for a sequence that is not between marks: its place is admitted, ended, or
 * newer than the marks.
 */
export function positionByMarks(marks: readonly LineMark[], sequence: number): number | null {
  const at = marks.findIndex((mark) => mark.sequence >= sequence);
  const [from, to] = [marks[at - 1], marks[at]];
  if (to?.sequence === sequence) return to.position;
  return from === undefined || to === undefined ? null : positionBetween(from, to, sequence);
}

/** Sequences are drawn one by one, so at most as many places as sequences lie between two of them. */
function positionBetween(from: LineMark, to: LineMark, sequence: number): number {
  return Math.min(from.position + (sequence - from.sequence), to.position - 1);
}

/** `furthestOff` is null where every computed position between the marks is exact. */
type Span = {
  readonly from: LineMark;
  readonly to: LineMark;
  readonly furthestOff: LineMark | null;
  readonly weight: number;
};

/**
 * Up to the sequence where both bounds of `positionBetween` meet, the error grows with everyone who has left; from there
 * on it shrinks with everyone who waits. So the place that is furthest off is next to that sequence.
 */
function spanBetween(line: SortedLine, from: LineMark, to: LineMark): Span {
  const last = line.countUpTo(from.sequence + (to.position - 1 - from.position));
  const around = [last, last + 1].filter((position) => from.position < position && position < to.position);
  let furthestOff: LineMark | null = null;
  let error = 0;
  for (const position of around) {
    const mark = markAt(line, position);
    const off = positionBetween(from, to, mark.sequence) - position;
    if (off > error) [furthestOff, error] = [mark, off];
  }
  return { from, to, furthestOff, weight: error / ((furthestOff?.position ?? 0) + NEAR) };
}

/**
 * Splits a span at the place that is furthest off, which is best at the edge of a run of fans who have left, or in its
 * middle, which is best where fans have left everywhere.
 */
function split(line: SortedLine, { from, to }: Span, furthestOff: LineMark): readonly Span[] {
  const middle = markAt(line, Math.floor((from.position + to.position) / 2));
  const [atFurthest, atMiddle] = [furthestOff, middle].map((mark) => [
    spanBetween(line, from, mark),
    spanBetween(line, mark, to),
  ]);
  return heaviest(atMiddle!) < heaviest(atFurthest!) ? atMiddle! : atFurthest!;
}

function heaviest(spans: readonly Span[]): number {
  return Math.max(...spans.map(({ weight }) => weight));
}

function markAt(line: SortedLine, position: number): LineMark {
  return { sequence: line.sequenceAt(position), position };
}
