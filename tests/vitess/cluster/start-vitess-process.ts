import { chown } from 'node:fs/promises';
import { startLocalServer } from '../../support/services/local-server.ts';
import type { PrivateServer } from '../../support/services/service.ts';

/** Vitess refuses to run as root; this is the user "nobody". */
const NOBODY = 65_534;
const READY_WITHIN_MS = 120_000;

type VitessProcess = {
  readonly name: string;
  readonly command: (dir: string, port: number) => readonly string[];
  readonly url: (port: number) => string;
  readonly isReady: (port: number) => Promise<boolean>;
};

/** Starts a program of Vitess as a user other than root. */
export function startVitessProcess({ name, command, url, isReady }: VitessProcess): Promise<PrivateServer> {
  const isRoot = process.getuid?.() === 0;
  return startLocalServer({
    name,
    how: name,
    readyWithinMs: READY_WITHIN_MS,
    prepare: async (dir) => {
      if (isRoot) await chown(dir, NOBODY, NOBODY);
    },
    command: (dir, port) => [
      ...(isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : []),
      'env',
      `VTDATAROOT=${dir}`,
      `TMPDIR=${dir}`,
      ...command(dir, port),
    ],
    url,
    isReady,
  });
}
