import { afterEach, expect, test, vi } from 'vitest';
import { findConfiguredService } from './configured-service.ts';
import { openFirstAvailable } from './service.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const no = (reason: string) => () => Promise.reject(new Error(reason));

test('the first way that works is taken', async () => {
  const ways = [
    { name: 'one', open: no('broken') },
    { name: 'two', open: async () => 2 },
    { name: 'three', open: async () => 3 },
  ];
  await expect(openFirstAvailable('number', ways)).resolves.toBe(2);
});

test('when none works, the error lists every way and its reason', async () => {
  const ways = [
    { name: 'Docker', open: no('no runtime') },
    { name: 'the PATH', open: no('not found') },
  ];
  await expect(openFirstAvailable('Redis', ways)).rejects.toThrow(
    'There is no Redis to test with. Any one of these ways will do:\n  - Docker: no runtime\n  - the PATH: not found',
  );
});

test('a server whose URL is given must answer', async () => {
  vi.stubEnv('TEST_REDIS_URL', 'redis://given.test');
  await expect(findConfiguredService('TEST_REDIS_URL', async () => 'PONG')).resolves.toMatchObject({
    url: 'redis://given.test',
    how: 'TEST_REDIS_URL',
  });
  await expect(findConfiguredService('TEST_REDIS_URL', no('ECONNREFUSED'))).rejects.toThrow(
    'TEST_REDIS_URL is set, but does not answer: ECONNREFUSED',
  );
  vi.stubEnv('TEST_REDIS_URL', '');
  await expect(findConfiguredService('TEST_REDIS_URL', no('unreachable'))).resolves.toBeUndefined();
});
