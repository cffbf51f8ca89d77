import type { Note } from './note.ts';

export type Heading = {
  readonly command: string;
  readonly machine: readonly string[];
  readonly date: string;
  readonly passed: number;
  readonly failed: number;
};

export const ROOMS = 'Rooms under failovers';
export const ATTACKS = 'Processes under attack';
export const SERIES = 'Series at random';

const EXPLAINED: Readonly<Record<string, string>> = {
  [ROOMS]:
    'Three clients of Redis and MySQL join fans all the time. Each place that was acknowledged is looked for afterwards.',
  [ATTACKS]:
    'Two HTTP processes and two workers. Fans join all the time, over HTTP, and send a join without an answer, or with 503, again; ' +
    'afterwards everybody polls. The goal is at most 10 s without an acknowledged join.',
  [SERIES]:
    'Joins, leaves and admissions by three clients, around failovers of a primary and a replica. An act that may lose nothing raises ' +
    'no epoch; where the epoch stays, nothing that was acknowledged is missing.',
};

/** In Markdown. */
export function describeFailovers(notes: readonly Note[], heading: Heading): string {
  const { command, machine, date, passed, failed } = heading;
  const found = [ATTACKS, ROOMS, SERIES].filter((table) => notes.some((each) => each.table === table));
  return [
    `# Failovers of Redis, ${date}`,
    '',
    `\`${command}\``,
    '',
    ...machine.map((line) => `- ${line}`),
    '- everything on loopback; a server is given up after 2 s without an answer',
    '',
    failed === 0 && passed > 0
      ? `All ${passed} tests pass.`
      : `**${failed} tests fail**, and ${passed} pass. A row says what was found until then.`,
    '',
    ...found.flatMap((table) => [
      `## ${table}`,
      '',
      EXPLAINED[table]!,
      '',
      ...tableOf(notes.filter((each) => each.table === table)),
      '',
    ]),
  ].join('\n');
}

function tableOf(notes: readonly Note[]): string[] {
  const columns = Object.keys(notes[0]!.cells);
  const rows = notes.map(({ cells }) => columns.map((column) => cells[column] ?? ''));
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
