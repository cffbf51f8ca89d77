import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { printLogs } from './print-logs.ts';
import { type Installation, type InstallationOptions, startInstallation } from './start-installation.ts';

/** The line that the HTTP app logs when it answers 500. */
const DEFECT = /^.*"msg":"request failed".*$/m;

/**
 * Starts one installation for the tests of a file or of a `describe`. After each test every invariant of seats, money and
 * waiting rooms must hold and no process may have answered 500.
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
  afterEach(async () => {
    try {
      expect(await use().findViolations()).toEqual({});
      const defects = use().http.flatMap((process) => DEFECT.exec(process.output()) ?? []);
      expect(defects).toEqual([]);
    } catch (violation) {
      printLogs(); // no other hook runs after this one has failed
      throw violation;
    }
  });
  afterAll(() => installation?.close());
  return use;
}
