// `pnpm readme:screenshots`: takes the pictures of the README from the running product. It starts a server in memory mode with
// its demo concerts, lets crowds of bots visit it, and takes pictures of fans and of the console meanwhile: about three minutes.
import { setTimeout as wait } from 'node:timers/promises';
import { DEMO_CONCERTS } from '@frontrow/adapters/process/demo-concerts.ts';
import { startCrowd } from '@frontrow/crowd/run-crowd.ts';
import { ensureWebBuild } from '../../../apps/web/build/ensure-web-build.ts';
import { AUTH_JWT_SECRET } from '../../support/access-tokens.ts';
import { createClient } from '../../support/client.ts';
import { type Fan, createFan } from '../../support/fan.ts';
import { createOperator, expectOk } from '../../support/operator.ts';
import { startProcess } from '../../support/processes.ts';
import type { Page as ListPage } from '../../support/response-bodies.ts';
import { type Camera, openCamera } from './camera.ts';

const SEED = 42;
const FANS = 200;
/** A crowd that has bought before the pictures, in seconds. */
const EARLIER = { fans: 700, speed: 40, admission: { batchSize: 100, intervalMs: 500, maxActive: null } };
/** How long the charts of the console grow. */
const CHARTS_MS = 100_000;
/** The first bots come within this time. */
const BURST_MS = 7_000;
/** How long the line moves before its picture. */
const LINE_MS = 15_000;
/** Longer than the last of the line waits. */
const TURN_WITHIN_MS = 240_000;
const [BUSY] = DEMO_CONCERTS;

ensureWebBuild();
const env = { PORT: '0', AUTH_JWT_SECRET };
const server = await startProcess({ name: 'embedded', main: 'apps/http/src/embedded.ts', env });
const client = createClient(server.url);
const camera = await openCamera(server.url);
try {
  const admin = createFan('operator', () => client, 'admin');
  const concertId = await findBusyConcert(admin);
  await sellSeats(admin, concertId);
  await takePictures(camera, concertId);
} finally {
  await camera.close();
  await client.close();
  await server.kill('SIGTERM');
}

async function findBusyConcert(admin: Fan): Promise<string> {
  const path = '/v1/admin/concerts?limit=100';
  const { items } = expectOk(await admin.send<ListPage<{ id: string; title: string }>>('GET', path));
  const found = items.find(({ title }) => title === BUSY?.title);
  if (found === undefined) throw new Error('there is no busy demo concert');
  return found.id;
}

async function sellSeats(admin: Fan, concertId: string): Promise<void> {
  const operator = createOperator(admin);
  const { fans, speed, admission } = EARLIER;
  await operator.changePolicy(concertId, { admission });
  const never = new AbortController().signal;
  const earlier = await startCrowd({ serverUrl: server.url, fans, seed: SEED + 1, speed, signal: never });
  await earlier.ended;
  await operator.changePolicy(concertId, { admission: { ...BUSY?.admission } });
}

async function takePictures(of: Camera, concertId: string): Promise<void> {
  const operator = await of.openConsole({
    size: 'desktop',
    theme: 'dark',
    path: `/console/concerts/${concertId}`,
  });
  const stop = new AbortController();
  const crowd = await startCrowd({ serverUrl: server.url, fans: FANS, seed: SEED, signal: stop.signal });
  const charts = wait(CHARTS_MS);
  await wait(BURST_MS);
  await Promise.all([
    visitByPhone(of, concertId),
    visitByDesktop(of, concertId),
    charts.then(() => of.take(operator, 'console-room')),
  ]);
  stop.abort();
  await crowd.ended;
}

/** The whole way of a fan, in both themes: the line, the best seats and the tickets. */
async function visitByPhone(of: Camera, concertId: string): Promise<void> {
  const page = await of.openFan({
    size: 'phone',
    theme: 'light',
    path: `/concerts/${concertId}`,
    user: 'mina',
  });
  await createFan('mina', () => client).charge(500_000);
  await page.getByRole('button', { name: 'Join the waiting room' }).click();
  await page.getByText('people are ahead of you').first().waitFor();
  await wait(LINE_MS);
  await of.take(page, 'room');
  await page
    .getByRole('link', { name: /^Choose seats for/ })
    .first()
    .click({ timeout: TURN_WITHIN_MS });
  await page.getByRole('button', { name: 'Best 2 seats' }).waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await of.take(page, 'hall-phone');
  await page.getByRole('button', { name: 'Best 2 seats' }).click();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page
    .getByRole('img', { name: /^Ticket code of/ })
    .first()
    .waitFor();
  await of.take(page, 'tickets');
}

/** Another fan, who sees the hall in a large window. */
async function visitByDesktop(of: Camera, concertId: string): Promise<void> {
  const page = await of.openFan({
    size: 'desktop',
    theme: 'light',
    path: `/concerts/${concertId}`,
    user: 'jun',
  });
  await page.getByRole('button', { name: 'Join the waiting room' }).click();
  await page
    .getByRole('link', { name: /^Choose seats for/ })
    .first()
    .click({ timeout: TURN_WITHIN_MS });
  await page.getByRole('button', { name: 'Best 2 seats' }).waitFor();
  await of.take(page, 'hall');
}
