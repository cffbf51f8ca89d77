import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { SCRIPT_COMMANDS } from '../../../src/redis/connection/permissions.ts';

const CALL = /\b(?:redis\.p?call|rcall)\(\s*['"](\w+)['"]/g;
const own = ['redis', 'bullmq'].map((folder) => join(import.meta.dirname, '../../../src', folder));
const ofBullmq = join(dirname(createRequire(import.meta.url).resolve('bullmq')), 'scripts');

function commandsIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  // BullMQ relays nothing here.
  const used = files.filter((file) => /\.(lua|ts|js)$/.test(file) && !file.startsWith('relay'));
  const texts = used.map((file) => readFileSync(join(folder, file), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(CALL)].map(([, name]) => name!.toUpperCase()));
}

it('asks for every command that a script calls', () => {
  const called = new Set([...own, ofBullmq].flatMap(commandsIn));
  expect(called.size).toBeGreaterThan(40);
  expect([...called].filter((name) => !SCRIPT_COMMANDS.includes(name))).toEqual([]);
});
