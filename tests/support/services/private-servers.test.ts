import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import { expect, inject, test } from 'vitest';
import { askMysql, askRedis } from './probe.ts';
import { startPrivateMysql } from './start-mysql.ts';
import { startPrivateRedis } from './start-redis.ts';

test('the shared servers answer', async () => {
  const [mysql, redis] = await Promise.all([
    askMysql(inject('mysqlUrl'), 'select version() as version'),
    askRedis(inject('redisUrl')),
  ]);
  expect(mysql['version']).toMatch(/^\d+\.\d+\.\d+/);
  expect(redis.get('redis_version')).toMatch(/^\d+\.\d+\.\d+/);
});

test('a private Redis is not the shared one, and keeps its port and data when it is killed', async () => {
  const server = await startPrivateRedis({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] });
  try {
    expect(server.url).not.toBe(inject('redisUrl'));
    const before = new Redis(server.url);
    before.on('error', () => undefined);
    await before.set('seat', '7');
    expect(await before.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    before.disconnect();

    await server.kill();
    await expect(askRedis(server.url)).rejects.toThrow('ECONNREFUSED');
    await server.restart();

    const after = new Redis(server.url);
    expect(await after.get('seat')).toBe('7');
    after.disconnect();
  } finally {
    await server.stop();
  }
});

test('a durable private MySQL keeps committed rows when it is killed', async () => {
  const server = await startPrivateMysql({ durable: true, bufferPoolMb: 64 });
  try {
    const connection = await createConnection(server.url);
    await connection.query('create database kept');
    await connection.query('create table kept.seat (number int primary key)');
    await connection.query('insert into kept.seat values (7)');
    connection.destroy();

    await server.kill();
    await expect(askMysql(server.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    await server.restart();

    await expect(askMysql(server.url, 'select number from kept.seat')).resolves.toEqual({ number: 7 });
    await expect(
      askMysql(server.url, 'select @@sync_binlog as s, @@innodb_flush_log_at_trx_commit as f'),
    ).resolves.toEqual({ s: 1, f: 1 });
  } finally {
    await server.stop();
  }
});
