import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
/** Of a page that books: a fifth of what the fan page may load. */
const GZIP_BYTES_MAX = 9_000;

const OPERATIONS = [
  'listConcerts',
  'getConcert',
  'listEvents',
  'getEvent',
  'getLayout',
  'getRoomStatus',
  'issueQueueToken',
  'leaveQueue',
  'holdSeats',
  'listReservations',
  'getReservation',
  'keepSeats',
  'cancelReservation',
  'extendHold',
  'payReservation',
  'listEntryTickets',
  'refundReservation',
  'getWallet',
  'chargeWallet',
  'listWalletEntries',
];
const HELPERS = [
  'openClient',
  'answerOf',
  'sendUntilAnswered',
  'createIdempotencyKeys',
  'createTicketStore',
  'tolerantStorage',
  'scopedStorage',
  'createServerClock',
  'watchPlace',
  'watchSeats',
  'watchRoom',
  'positionInRoom',
  'waitInRoom',
];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(PACKAGE, 'node_modules/.bundle-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The script of a page that uses these exports of the package. */
async function bundle(names: readonly string[]): Promise<string> {
  const entry = join(folder, 'page.js');
  const index = join(PACKAGE, 'src/index.ts');
  await writeFile(
    entry,
    `import { ${names.join(', ')} } from '${index}';\nglobalThis.used = [${names.join(', ')}];`,
  );
  const built = await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    build: { write: false, rollupOptions: { input: entry } },
  });
  const { output } = [built].flat()[0] as { output: readonly { readonly code?: string }[] };
  return output.map(({ code = '' }) => code).join('');
}

it('costs a page that books less than nine kilobytes, without the operations that it does not use', async () => {
  const script = await bundle([...OPERATIONS, ...HELPERS]);
  expect(script).toContain('/v1/payments');
  expect(script).not.toContain('/v1/admin');
  expect(script).not.toContain('/v1/dev');
  expect(gzipSync(script).length).toBeLessThan(GZIP_BYTES_MAX);
});

it('costs a page nothing that uses nothing', async () => {
  expect(await bundle([])).not.toContain('/v1/');
});
