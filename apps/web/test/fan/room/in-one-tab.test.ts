import { afterEach, describe, expect, it, vi } from 'vitest';
import { type InOneTab, runInOneTab } from '../../../src/fan/room/in-one-tab.ts';

type Update = { readonly kind: 'place'; readonly position: number };

const until = (isTrue: () => boolean) => vi.waitUntil(isTrue, { timeout: 60_000 });
const tabs: InOneTab[] = [];
let names = 0;

afterEach(() => {
  for (const tab of tabs.splice(0)) tab.stop();
});

/** Opens tabs of one browser; Node has the locks and channels of browsers. */
function openBrowser(locks: LockManager | null = navigator.locks) {
  const name = `test ${(names += 1)}`;
  return {
    openTab() {
      const tab = {
        seen: [] as number[],
        starts: 0,
        isRunning: false,
        send: (_position: number, _isLast?: boolean) => {},
      };
      const one = runInOneTab<Update>({
        name,
        locks: locks ?? undefined,
        openChannel: (channel) => new BroadcastChannel(channel),
        start: (send) => {
          tab.starts += 1;
          tab.isRunning = true;
          tab.send = (position, isLast) => send({ kind: 'place', position }, isLast);
          return {
            refresh: () => {},
            stop: () => {
              tab.isRunning = false;
            },
          };
        },
        onUpdate: ({ position }) => tab.seen.push(position),
      });
      tabs.push(one);
      return Object.assign(tab, { one });
    },
  };
}

describe('runInOneTab', () => {
  it('runs in the first tab and shows its updates in all', async () => {
    const browser = openBrowser();
    const first = browser.openTab();
    await until(() => first.isRunning);
    const second = browser.openTab();

    first.send(7);
    await until(() => second.seen.includes(7));

    expect(first.seen).toEqual([7]);
    expect(second.starts).toBe(0);
  });

  it('tells a new tab the newest state', async () => {
    const browser = openBrowser();
    const first = browser.openTab();
    await until(() => first.isRunning);
    first.send(7);
    first.send(6);

    const second = browser.openTab();
    await until(() => second.seen.length > 0);

    expect(second.seen).toEqual([6]);
  });

  it('tells a new tab nothing after the last update', async () => {
    const browser = openBrowser();
    const first = browser.openTab();
    await until(() => first.isRunning);
    first.send(7);
    first.send(0, true);

    const second = browser.openTab();
    second.one.takeOver();
    await until(() => second.isRunning);

    expect(second.seen).toEqual([]);
  });

  it('goes on in another tab when the first is closed', async () => {
    const browser = openBrowser();
    const first = browser.openTab();
    await until(() => first.isRunning);
    const second = browser.openTab();

    first.one.stop();
    await until(() => second.isRunning);

    expect(first.isRunning).toBe(false);
  });

  it('moves to the tab that takes it over, and back', async () => {
    const browser = openBrowser();
    const first = browser.openTab();
    await until(() => first.isRunning);
    const second = browser.openTab();

    second.one.takeOver();
    await until(() => second.isRunning && !first.isRunning);
    second.send(5);
    await until(() => first.seen.includes(5));
    first.one.takeOver();
    await until(() => first.isRunning && !second.isRunning);

    second.one.takeOver();
    second.one.stop();
    await until(() => first.isRunning);
    expect(second.isRunning).toBe(false);
  });

  it('is taken over once by a tab that is shown twice', async () => {
    const browser = openBrowser();
    const first = browser.openTab();
    first.one.takeOver();
    first.one.takeOver();
    await until(() => first.isRunning);
    first.one.takeOver();
    const second = browser.openTab();
    first.send(7);
    await until(() => second.seen.includes(7));

    expect(first.starts).toBe(1);
    expect(first.isRunning).toBe(true);
  });

  it('begins anew in the tab that restarts it', async () => {
    const browser = openBrowser();
    const first = browser.openTab();
    await until(() => first.isRunning);
    first.one.restart();
    expect(first.starts).toBe(2);

    const second = browser.openTab();
    second.one.restart();
    await until(() => second.isRunning && !first.isRunning);
    expect(second.starts).toBe(1);
  });

  it('runs in every tab where the browser has no locks, or refuses them', async () => {
    const refusing = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) };
    for (const locks of [null, refusing]) {
      const browser = openBrowser(locks as LockManager | null);
      const [first, second] = [browser.openTab(), browser.openTab()];
      await until(() => first.isRunning && second.isRunning);

      expect([first.starts, second.starts]).toEqual([1, 1]);
    }
  });
});
