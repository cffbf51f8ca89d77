import { afterEach, expect, test, vi } from 'vitest';
import { chromiumVersion, findChromium } from './find-chromium.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('accepts Chromium and Chrome', () => {
  expect(chromiumVersion('Chromium 156.0.8078.108 built on Debian GNU/Linux 12 (bookworm)\n')).toBe(
    '156.0.8078.108',
  );
  expect(chromiumVersion('Google Chrome 156.0.8078.108 \n')).toBe('156.0.8078.108');
});

test('refuses an old version, and a program that is no Chromium', () => {
  expect(() => chromiumVersion('Chromium 119.0.6045.199')).toThrow('older than 120');
  expect(() => chromiumVersion('Mozilla Firefox 150.0')).toThrow('prints no version');
});

test('a program that is configured must work', async () => {
  vi.stubEnv('TEST_CHROMIUM', '/no/such/chromium');
  await expect(findChromium()).rejects.toThrow('TEST_CHROMIUM is set, but does not work: ');
  vi.stubEnv('TEST_CHROMIUM', process.execPath);
  await expect(findChromium()).rejects.toThrow('prints no version: v');
});
