import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Installation, type InstallationOptions, startInstallation } from './start-installation.ts';

/** What the HTTP app logs when it answers 500. */
const DEFECT = /^.*"msg":"request failed".*$/m;
const REQUEST = /"msg":"request"/;
/** What sets apart two lines that say the same. */
const PER_LINE = /"time":"[^"]*",("reqId":"[^"]*",)?/;
const LINES_SHOWN_MAX = 30;
const LINE_LENGTH_MAX = 600;

/**
 * One world for the tests of a file or of a `describe`. After each of them every invariant of seats, money and waiting rooms must
 * stand and no request may have met a defect; what the processes have printed is shown when a test fails.
 */
export function useInstallation(options: InstallationOptions = {}): () => Installation {
  let world: Installation | undefined;
  const use = () => {
    if (world === undefined) throw new Error('the world does not stand yet');
    return world;
  };
  beforeAll(async () => {
    world = await startInstallation(options);
  });
  afterEach(async ({ task }) => {
    try {
      if (task.result?.state === 'fail') show(use());
      expect(await use().findViolations()).toEqual({});
      const defects = use().http.flatMap((process) => DEFECT.exec(process.output()) ?? []);
      expect(defects).toEqual([]);
    } catch (violation) {
      show(use());
      throw violation;
    }
  });
  afterAll(() => world?.close());
  return use;
}

/** The newest lines, each kind once, but those of ordinary requests, of which there are thousands. */
function show({ http, workers }: Installation): void {
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
