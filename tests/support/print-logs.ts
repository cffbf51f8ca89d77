import { startedProcesses } from './processes.ts';

const REQUEST = /"msg":"request"/;
/** The parts of a line that differ between equal messages. */
const PER_LINE = /"time":"[^"]*",("reqId":"[^"]*",)?/;
const LINES_SHOWN_MAX = 30;
const LINE_LENGTH_MAX = 600;

/** Prints the newest distinct lines of each process of the present test, without those of ordinary requests. */
export function printLogs(): void {
  for (const process of startedProcesses()) {
    const lines = process
      .output()
      .split('\n')
      .filter((line) => line !== '' && !REQUEST.test(line))
      .map((line) => line.replace(PER_LINE, '').slice(0, LINE_LENGTH_MAX));
    const shown = [...new Set(lines)].slice(-LINES_SHOWN_MAX);
    console.error([`── ${process.name} ${process.pid}`, ...shown].join('\n'));
  }
}
