import { expect, test } from 'vitest';
import { mysqlVersion, redisVersion } from './program.ts';

test('accepts MySQL 8 and later', () => {
  expect(mysqlVersion('/usr/sbin/mysqld  Ver 8.0.43-0ubuntu0.24.04.1 for Linux on x86_64 ((Ubuntu))')).toBe(
    '8.0.43',
  );
  expect(mysqlVersion('mysqld  Ver 9.7.4-2 for Linux on x86_64 ((Debian))')).toBe('9.7.4');
});

test('refuses MariaDB, MySQL 5.7 and output without a version', () => {
  const mariadb = 'mysqld  Ver 10.11.6-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)';
  expect(() => mysqlVersion(mariadb)).toThrow('MariaDB');
  expect(() => mysqlVersion('mysqld  Ver 5.7.44 for Linux on x86_64')).toThrow('older than 8');
  expect(() => mysqlVersion('')).toThrow('prints no version');
});

test('accepts Redis 6.2 and later', () => {
  expect(redisVersion('Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64')).toBe('7.0.15');
  expect(() => redisVersion('Redis server v=6.0.16 sha=00000000:0')).toThrow('older than 6.2');
});
