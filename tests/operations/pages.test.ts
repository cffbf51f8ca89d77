import { expect, it } from 'vitest';
import { ensureWebBuild } from '../../apps/web/build/ensure-web-build.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 1 });

it('a process serves the build of the pages with its settings and their files, and one with WEB=off does not', async () => {
  ensureWebBuild();
  const session = { WEB_SESSION_URL: '/session', WEB_SIGN_IN_URL: 'https://id.example/sign-in' };
  const { url } = await installation().startHttp({ WEB: 'on', WALLET_CHARGES: 'scoped', ...session });
  for (const path of ['/', '/concerts/any/room?utm_source=mail', '/console/events/any']) {
    const html = await (await fetch(url + path)).text();
    const [, settings = ''] =
      /<script type="application\/json" id="page-settings">(.*)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(settings)).toMatchObject({
      mode: 'session',
      sessionUrl: '/session',
      signInUrl: 'https://id.example/sign-in',
      walletCharges: 'scoped',
      memory: false,
    });
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const answer = await fetch(url + file);
      expect([file, answer.status]).toEqual([file, 200]);
      await answer.arrayBuffer();
    }
  }

  const without = installation().http[0]!.url;
  const root = await fetch(without, { redirect: 'manual' });
  expect([root.status, root.headers.get('location')]).toEqual([302, '/docs']);
  expect((await fetch(`${without}/console`)).status).toBe(404);
});
