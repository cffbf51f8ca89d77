import { afterEach, expect, test, vi } from 'vitest';
import { findConfiguredService } from './configured-service.ts';
import { openFirstAvailable } from './service.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const failing = (reason: string) => () => Promise.reject(new Error(reason));

test('the first source that works is opened', async () => {
  const sources = [
    { name: 'one', open: failing('broken') },
    { name: 'two', open: async () => 2 },
    { name: 'three', open: async () => 3 },
  ];
  await expect(openFirstAvailable('number', sources)).resolves.toBe(2);
});

test('the error lists every source and its reason when none works', async () => {
  const sources = [
    { name: 'Docker', open: failing('no runtime') },
    { name: 'the PATH', open: failing('not found') },
  ];
  await expect(openFirstAvailable('Redis', sources)).rejects.toThrow(
    'There is no Redis to test with. Any one of these ways will do:\n  - Docker: no runtime\n  - the PATH: not found',
  );
});

test('a server whose URL is configured must answer', async () => {
  vi.stubEnv('TEST_REDIS_URL', 'redis://configured.test');
  await expect(findConfiguredService('TEST_REDIS_URL', async () => 'PONG')).resolves.toMatchObject({
    url: 'redis://configured.test',
    how: 'TEST_REDIS_URL',
  });
  await expect(findConfiguredService('TEST_REDIS_URL', failing('ECONNREFUSED'))).rejects.toThrow(
    'TEST_REDIS_URL is set, but does not answer: ECONNREFUSED',
  );
  vi.stubEnv('TEST_REDIS_URL', '');
  await expect(findConfiguredService('TEST_REDIS_URL', failing('unreachable'))).resolves.toBeUndefined();
});
