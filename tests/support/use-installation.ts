import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Installation, type InstallationOptions, startInstallation } from './start-installation.ts';

/** The line that the HTTP app logs when it answers 500. */
const DEFECT = /^.*"msg":"request failed".*$/m;
const REQUEST = /"msg":"request"/;
/** The parts of a line that differ between equal messages. */
const PER_LINE = /"time":"[^"]*",("reqId":"[^"]*",)?/;
const LINES_SHOWN_MAX = 30;
const LINE_LENGTH_MAX = 600;

/**
 * Starts one installation for the tests of a file or of a `describe`. After each test every invariant of seats, money and
 * waiting rooms must hold and no process may have answered 500. A failed test prints the logs of the processes.
 */
export function useInstallation(options: InstallationOptions = {}): () => Installation {
  let installation: Installation | undefined;
  const use = () => {
    if (installation === undefined) throw new Error('the installation is available only while a test runs');
    return installation;
  };
  beforeAll(async () => {
    installation = await startInstallation(options);
  });
  afterEach(async ({ task }) => {
    try {
      if (task.result?.state === 'fail') printLogs(use());
      expect(await use().findViolations()).toEqual({});
      const defects = use().http.flatMap((process) => DEFECT.exec(process.output()) ?? []);
      expect(defects).toEqual([]);
    } catch (violation) {
      printLogs(use());
      throw violation;
    }
  });
  afterAll(() => installation?.close());
  return use;
}

/** Prints the newest distinct lines of each process, without those of ordinary requests. */
function printLogs({ http, workers }: Installation): void {
  for (const process of [...http, ...workers]) {
    const lines = process
      .output()
      .split('\n')
      .filter((line) => line !== '' && !REQUEST.test(line))
      .map((line) => line.replace(PER_LINE, '').slice(0, LINE_LENGTH_MAX));
    const shown = [...new Set(lines)].slice(-LINES_SHOWN_MAX);
    console.error([`── ${process.name} ${process.pid}`, ...shown].join('\n'));
  }
}
