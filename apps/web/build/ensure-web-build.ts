import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './sources.ts';

/** Builds the pages where `dist` has none, or one of other sources. Throws when they cannot be built. */
export function ensureWebBuild(): void {
  if (isBuilt()) return;
  console.log('frontrow: building the fan page and the console (a few seconds) …');
  // In a process of its own, so that Vite leaves nothing behind in this one.
  const program = fileURLToPath(new URL('build-web.ts', import.meta.url));
  const { status, signal, stderr } = spawnSync(process.execPath, [program], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`the pages cannot be built (${signal ?? `exit code ${status}`}):\n${stderr}`);
}
