import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage } from '../../packages/client/generator/build-package.ts';
import { signAccessToken } from '../support/access-tokens.ts';
import { createClient } from '../support/client.ts';
import { createFan } from '../support/fan.ts';
import { createOperator, expectOk } from '../support/operator.ts';
import { HTTP_ENV, startProcess } from '../support/processes.ts';
import { useInstallation } from '../support/use-installation.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BOOKING_LINES_MAX = 30;

const installation = useInstallation({ http: 1 });

/** A folder outside of this repository, in which the package is installed. */
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-client-'));
  await buildPackage(join(folder, 'dist'));
  const { stdout: packed } = await run('npm', ['pack', '--silent', './dist'], { cwd: folder });
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed.trim()}`], {
    cwd: folder,
  });
});
afterAll(() => rm(folder, { recursive: true }));

async function readBlocks(): Promise<string[]> {
  const readme = await readFile(join(folder, 'node_modules/@frontrow/client/README.md'), 'utf8');
  return [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = '']) => block);
}

describe('the README of the client', () => {
  it('compiles as a program of its own, with the settings of this repository and the types of the package', async () => {
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'src/book.ts'), (await readBlocks()).join('\n'));
    const { compilerOptions } = JSON.parse(await readFile(join(ROOT, 'tsconfig.json'), 'utf8'));
    const lib = ['es2024', 'dom', 'dom.iterable'];
    const config = {
      compilerOptions: { ...compilerOptions, lib, types: [], skipLibCheck: false },
      include: ['src'],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const compiled = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]).catch((error) => error);
    expect(compiled.stdout).toBe('');
  });

  it('books in at most 30 lines of plain JavaScript', async () => {
    const [booking = ''] = await readBlocks();
    const lines = booking.slice(booking.indexOf('export async function')).trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(BOOKING_LINES_MAX);

    const { concertId, eventId } = await installation().openSale();
    const [{ url } = { url: '' }] = installation().http;
    const tickets = await book(url, await signAccessToken('mina'), concertId);
    expect(tickets).toMatchObject([{ seatNumber: 1 }, { seatNumber: 2 }, { seatNumber: 3 }]);
    const mina = installation().fan('mina');
    expect(expectOk(await mina.reservations()).items).toMatchObject([{ eventId, status: 'CONFIRMED' }]);
    expect(expectOk(await mina.wallet()).balance).toBe(0);
  });

  it('books in memory mode too', async () => {
    const main = 'apps/http/src/embedded.ts';
    const embedded = await startProcess({ name: 'embedded', main, env: HTTP_ENV });
    const client = createClient(embedded.url);
    try {
      const { concertId } = await createOperator(createFan('admin', () => client, 'admin')).openSale();
      expect(await book(embedded.url, await signAccessToken('mina'), concertId)).toHaveLength(3);
    } finally {
      await client.close();
      await embedded.kill('SIGTERM');
    }
  });
});

/** Books three seats with the program of the README, in a process of its own. */
async function book(baseUrl: string, accessToken: string, concertId: string): Promise<unknown[]> {
  const program = `
    ${stripTypeScriptTypes((await readBlocks()).join('\n'))}
    const [baseUrl, accessToken, concertId] = process.argv.slice(2);
    console.log(JSON.stringify(await book(baseUrl, accessToken, concertId, 3)));
  `;
  await writeFile(join(folder, 'book.js'), program);
  const args = ['book.js', baseUrl, accessToken, concertId];
  const { stdout } = await run(process.execPath, args, { cwd: folder });
  return JSON.parse(stdout) as unknown[];
}
