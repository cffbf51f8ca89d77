import { expect, it } from 'vitest';
import { parseRedisUrl } from '../../../src/redis/connection/address.ts';

const SINGLE = {
  kind: 'SINGLE',
  hosts: [{ host: 'a', port: 6379 }],
  tls: false,
  username: undefined,
  password: undefined,
  primaryName: '',
  database: 0,
};
const TWO_HOSTS = [
  { host: '10.0.0.1', port: 7000 },
  { host: '::1', port: 7001 },
];

it.each([
  ['redis://a', SINGLE],
  ['redis://a:6379/', SINGLE],
  ['rediss://a:6380/3', { ...SINGLE, tls: true, hosts: [{ host: 'a', port: 6380 }], database: 3 }],
  ['redis://user:p%40ss@a', { ...SINGLE, username: 'user', password: 'p@ss' }],
  ['redis://:a/b@c:d@a', { ...SINGLE, password: 'a/b@c:d' }],
  ['redis+cluster://10.0.0.1:7000,[::1]:7001', { ...SINGLE, kind: 'CLUSTER', hosts: TWO_HOSTS }],
  [
    'rediss+cluster://user:pw@10.0.0.1:7000,[::1]:7001',
    { ...SINGLE, kind: 'CLUSTER', hosts: TWO_HOSTS, tls: true, username: 'user', password: 'pw' },
  ],
  [
    'redis+sentinel://10.0.0.1:7000,[::1]:7001/main/2',
    { ...SINGLE, kind: 'SENTINEL', hosts: TWO_HOSTS, primaryName: 'main', database: 2 },
  ],
  [
    'rediss+sentinel://:pw@10.0.0.1:7000,[::1]:7001/main',
    { ...SINGLE, kind: 'SENTINEL', hosts: TWO_HOSTS, primaryName: 'main', tls: true, password: 'pw' },
  ],
])('reads %s', (url, address) => {
  expect(parseRedisUrl(url)).toEqual(address);
});

it.each([
  ['http://a', /^must be a URL like redis:/],
  ['redis+clusters://a:1', /^must be a URL like redis:/],
  ['redis://a,b', /^must name one server/],
  ['redis://', /as host:port$/],
  ['redis+cluster://', /as host:port$/],
  ['redis+cluster://a:1,,b:2', /as host:port$/],
  ['redis+cluster://a:1,b', /the port of each server$/],
  ['redis+sentinel://a/main', /the port of each server$/],
  ['redis+cluster://a:70000', /ports from 1 to 65535$/],
  ['redis+cluster://a:1/2', /^must name no database/],
  ['redis+sentinel://a:1', /^must name the primary/],
  ['redis+sentinel://a:1/', /^must name the primary/],
  ['redis+sentinel://a:1/ma in', /^must name the primary/],
  ['redis+sentinel://a:1/main/x', /number of a database/],
  ['redis://a/main', /number of a database/],
  ['redis://a/1/2', /number of a database/],
  ['redis+cluster://a:1?tls=true', /parameters after a question mark/],
  ['redis://user@a', /a password behind the user/],
  ['redis://user:%zz@a', /percent sign/],
])('tells the mistake in %s', (url, complaint) => {
  expect(() => parseRedisUrl(url)).toThrow(complaint);
});
