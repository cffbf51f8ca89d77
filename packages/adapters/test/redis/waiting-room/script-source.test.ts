import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOM_KEY_NAMES, createKeys } from '../../../src/redis/connection/keys.ts';
import { ROOM_REPLIES, type RoomScript } from '../../../src/redis/waiting-room/room-replies.ts';
import { composeScript } from '../../../src/redis/waiting-room/script-source.ts';

const folder = new URL('../../../src/redis/waiting-room/lua/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.lua'),
);
const scripts = Object.keys(ROOM_REPLIES) as RoomScript[];

it('has a reply for each script and no other', () => {
  const names = files.filter((file) => !file.startsWith('shared')).map((file) => file.replace('.lua', ''));
  expect(names.toSorted()).toEqual(scripts.toSorted());
});

describe.each(scripts)('the script %s', (script) => {
  const lua = composeScript(script);

  it('gets every key that it uses in KEYS', () => {
    const used = new Set(lua.match(/\b[A-Z_]+_KEY\b/g));
    const declared = [...lua.matchAll(/^local ([A-Z_]+_KEY) = KEYS\[(\d+)\]$/gm)];
    expect(new Set(declared.map(([, name]) => name))).toEqual(used);
    for (const [, variable, index] of declared) {
      const name = ROOM_KEY_NAMES[Number(index) - 1];
      expect(variable!.replace('_KEY', '').replaceAll('_', '').toLowerCase()).toBe(name!.toLowerCase());
    }
  });

  it('includes each shared file once, and leaves no include', () => {
    expect(lua).not.toContain('@include');
    const functions = lua.match(/^local function \w+/gm) ?? [];
    expect(new Set(functions).size).toBe(functions.length);
  });
});

it.each(files)('builds no key in %s', (file) => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  expect(text).not.toMatch(/\bKEYS\b\[|_KEY\s*\.\.|\.\.\s*\w+_KEY/);
  const keyArguments = [...text.matchAll(/redis\.call\('(?!TIME|INFO)\w+', ([^,)]+)/g)].map(([, key]) => key);
  expect(keyArguments.filter((key) => !/^([A-Z_]+_KEY|unpack\(KEYS|key|keys\[line\])$/.test(key!))).toEqual(
    [],
  );
});

it('takes the time from the clock that it is given', () => {
  const lua = composeScript('check-in', { clockLua: 'local now = 42' });
  expect(lua).toContain('local now = 42');
  expect(lua).not.toContain("redis.call('TIME')");
});

it('names the keys of a room once', () => {
  const keys = Object.values(createKeys('p').room('c'));
  expect(new Set(keys).size).toBe(keys.length);
});
