import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@hey-api/openapi-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const ROOT = join(PACKAGE, '../..');
const DOCUMENT = join(ROOT, 'docs/openapi.json');

/** Uses the client as a program would: a refusal is narrowed by its code. */
const PROGRAM = `
import { holdSeats } from './client/sdk.gen.ts';

export async function takenSeats(): Promise<number[]> {
  const { error } = await holdSeats({
    baseUrl: 'http://127.0.0.1:3000',
    headers: { 'Idempotency-Key': 'key' },
    body: { eventId: 'event', seatNumbers: [1, 2] },
  });
  return error?.code === 'SEAT_UNAVAILABLE' ? error.unavailableSeats : [];
}
`;

describe('docs/openapi.json', () => {
  let folder = '';

  beforeAll(async () => {
    // In the package, because the generated client imports nothing but the compiler looks for the types of Node.
    folder = await mkdtemp(join(PACKAGE, 'node_modules/.client-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('passes the recommended rules of redocly', async () => {
    const redocly = join(PACKAGE, 'node_modules/.bin/redocly');
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    // Clients need the schema of any problem, although each answer names the codes that it may have.
    const args = ['lint', DOCUMENT, '--format', 'json', '--skip-rule', 'no-unused-components'];
    const { stdout } = await run(redocly, args, { env, cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, warnings: 0 } });
  });

  it('generates a client that compiles, with problems that are narrowed by their code', async () => {
    await createClient({
      input: DOCUMENT,
      output: { path: join(folder, 'client'), importFileExtension: '.ts' },
      plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
      logs: { level: 'silent' },
    });
    await writeFile(join(folder, 'program.ts'), PROGRAM);
    const compilerOptions = {
      target: 'es2024',
      lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'],
      module: 'nodenext',
      types: [],
      noEmit: true,
      strict: true,
      allowImportingTsExtensions: true,
    };
    const config = { compilerOptions, include: ['**/*.ts'], exclude: [] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const compiled = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]).catch((error) => error);
    expect(compiled.stdout).toBe('');
    expect(await readFile(join(folder, 'client/sdk.gen.ts'), 'utf8')).toContain('holdSeats');
  });
});
