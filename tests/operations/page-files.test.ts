import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { handleNotFound } from '@frontrow/http/problems/errors.ts';
import { openWeb } from '@frontrow/http/web/web-build.ts';
import { addWeb } from '@frontrow/http/web/serve-web.ts';
import { fastify } from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { SETTINGS, htmlOf, writeSampleBuild } from '../../apps/http/test/support/sample-build.ts';
import { startNginx } from '../support/services/start-nginx.ts';

const OLD = '/assets/fan-Ab12.js';
const NEW = '/assets/fan-New1.js';

/** A server with the pages of one version. */
async function startServer(folder: string) {
  const app = fastify();
  app.setNotFoundHandler(handleNotFound);
  addWeb(app, openWeb(folder, SETTINGS));
  let filesSent = 0;
  app.addHook('onSend', async ({ url }, { statusCode }) => {
    if (url.startsWith('/assets/') && statusCode === 200) filesSent += 1;
  });
  onTestFinished(() => app.close());
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), app, filesSent: () => filesSent };
}

function writeNextBuild(): string {
  const folder = writeSampleBuild();
  writeFileSync(join(folder, 'index.html'), htmlOf('Next'));
  writeFileSync(join(folder, 'assets/fan-New1.js'), 'next');
  for (const ending of ['', '.br', '.gz']) rmSync(join(folder, `assets/fan-Ab12.js${ending}`));
  return folder;
}

it('nginx finds the files of both versions during an upgrade, and keeps those of the old one after it', async () => {
  const old = await startServer(writeSampleBuild());
  const next = await startServer(writeNextBuild());
  const nginx = await startNginx(old.url, next.url);
  onTestFinished(() => nginx.stop());
  const get = (path: string, headers: Record<string, string> = {}) => fetch(nginx.url + path, { headers });

  for (let turn = 0; turn < 10; turn += 1)
    for (const path of [OLD, NEW]) {
      const answer = await get(`${path}?turn=${turn}`, { 'x-request-id': `turn-${turn}` });
      expect([path, answer.status, answer.headers.get('x-request-id')]).toEqual([path, 200, `turn-${turn}`]);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  expect(old.filesSent() + next.filesSent()).toBe(2);
  const packed = await get(OLD, { 'accept-encoding': 'gzip' });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect((await get('/assets/fan-Never.js')).status).toBe(404);

  await old.app.close();
  expect((await get(OLD)).status).toBe(200);
  const gone = await get('/assets/fan-Never.js');
  expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store']);
});
