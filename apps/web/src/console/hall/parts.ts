import type { Hall, HallRow, HallSection } from './hall.ts';

/** As many seats as a browser shows and updates at once without delay. */
export const PART_SEATS_MAX = 1_000;
/** A row that is longer than this is shown in several lines. */
const ROW_SEATS_MAX = 60;
const LINE_SEATS = 25;

/** The seats of a row, or some of those of a long row, that are shown beside each other. */
export type HallLine = HallRow & {
  /** What is written beside the line: the label of the row and, of a long row, the first and the last seat. */
  readonly name: string;
};

/** Some lines of one section, which are shown together. */
export type HallPart = {
  readonly section: HallSection;
  readonly name: string;
  readonly firstNumber: number;
  readonly seatCount: number;
  readonly lines: readonly HallLine[];
};

/** The sections of a hall, those with many seats in several parts. */
export function partsOf({ sections }: Hall): readonly HallPart[] {
  const hasOneRow = sections.length === 1 && sections[0]?.rows.length === 1;
  return sections.flatMap((section) => {
    const groups = groupLines(section.rows.flatMap((row) => linesOf(row, hasOneRow)));
    return groups.map((lines, index): HallPart => {
      const name = groups.length === 1 ? section.name : `${section.name}, part ${index + 1}`;
      const seatCount = lines.reduce((sum, { seats }) => sum + seats.length, 0);
      return { section, name, firstNumber: lines[0]?.firstNumber ?? section.firstNumber, seatCount, lines };
    });
  });
}

/** The label of a row says nothing where the hall has no other. */
function linesOf(row: HallRow, isOnly: boolean): HallLine[] {
  const { label, firstNumber, seats } = row;
  if (seats.length <= ROW_SEATS_MAX) return [{ ...row, name: label }];
  return Array.from({ length: Math.ceil(seats.length / LINE_SEATS) }, (_, line) => {
    const start = line * LINE_SEATS;
    const ofLine = seats.slice(start, start + LINE_SEATS);
    const range = `${ofLine[0]?.label}–${ofLine.at(-1)?.label}`;
    const name = isOnly ? range : `${label}: ${range}`;
    return { label, name, firstNumber: firstNumber + start, seats: ofLine };
  });
}

function groupLines(lines: readonly HallLine[]): HallLine[][] {
  const groups: HallLine[][] = [];
  let seatCount = Infinity;
  for (const line of lines) {
    if (seatCount + line.seats.length > PART_SEATS_MAX) {
      groups.push([]);
      seatCount = 0;
    }
    groups.at(-1)?.push(line);
    seatCount += line.seats.length;
  }
  return groups;
}
