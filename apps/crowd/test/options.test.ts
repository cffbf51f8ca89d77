import { describe, expect, it } from 'vitest';
import { readOptions } from '../src/options.ts';

const read = (args: readonly string[], url?: string) => readOptions(args, url, () => 7);

describe('the options of the crowd', () => {
  it('default to 200 bots at the address of npm start, with a new seed', () => {
    expect(read([])).toEqual({ serverUrl: 'http://127.0.0.1:3000', fans: 200, seed: 7 });
    expect(read([], '')).toEqual(read([]));
  });

  it('are a number of bots, a seed and a server', () => {
    expect(read(['300', '42'], 'http://localhost:4000/v1')).toEqual({
      serverUrl: 'http://localhost:4000',
      fans: 300,
      seed: 42,
    });
    expect(read(['1']).fans).toBe(1);
    expect(read(['2000', '4294967295'])).toMatchObject({ fans: 2_000, seed: 4_294_967_295 });
  });

  it.each([['0'], ['2001'], ['-1'], ['1.5'], ['1e3'], ['many'], [''], ['9'.repeat(40)]])(
    'refuse %j bots',
    (fans) => {
      expect(() => read([fans])).toThrow(
        `the number of bots must be a whole number from 1 to 2000, not "${fans}"`,
      );
    },
  );

  it('refuse a wrong seed and more words', () => {
    expect(() => read(['10', '4294967296'])).toThrow('the seed must be');
    expect(() => read(['10', '1', '2'])).toThrow('npm run crowd 300 42');
  });

  it.each([
    'https://tickets.example.com',
    'http://192.168.0.10:3000',
    'http://0.0.0.0:3000',
    'http://127.0.0.1.example.com',
    'http://127.example.com',
    'http://localhost.example.com',
    'http://user@example.com#@127.0.0.1',
    'http://[::ffff:10.0.0.1]:3000',
    'http://[2001:db8::1]',
  ])('refuse the server %s, which is not on loopback', (url) => {
    expect(() => read([], url)).toThrow(
      /^bots come over loopback alone, and FRONTROW_URL names the host \S+$/,
    );
  });

  it.each(['http://127.0.0.1:3000', 'http://127.8.9.1', 'http://[::1]:3000', 'https://localhost'])(
    'accept the server %s',
    (url) => {
      expect(read([], url).serverUrl).toBe(url);
    },
  );

  it.each(['nonsense', 'ftp://127.0.0.1', '127.0.0.1:3000', 'file:///etc/passwd'])(
    'refuse the URL %s',
    (url) => {
      expect(() => read([], url)).toThrow('FRONTROW_URL must be a URL like http://127.0.0.1:3000');
    },
  );
});
