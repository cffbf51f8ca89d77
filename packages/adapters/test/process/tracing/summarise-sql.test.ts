import { expect, it } from 'vitest';
import { summarise } from '../../../src/process/tracing/summarise-sql.ts';

it.each([
  ['select `id`, `kind` from `outbox` as `o` where `id` = 7', 'select outbox'],
  ['insert into wallet_entry (id, amount) values (?, ?)', 'insert wallet_entry'],
  ['insert ignore into `queue_end` values (1)', 'insert queue_end'],
  ['update\n  seat set status = 1', 'update seat'],
  ['delete from idempotency_key limit 5', 'delete idempotency_key'],
  ['start transaction read write', 'start'],
  ['commit', 'commit'],
  ['select 1', 'select'],
  [
    "insert into payment values ('mina');\nupdate reservation set x = 'y'",
    'insert payment, update reservation',
  ],
  ["select 'tom from secret' as a from seat", 'select seat'],
  ["update wallet set note = 'a\\'b;\\ndelete from mina' where user_id = 'mina'", 'update wallet'],
  ['', 'statement'],
])('%s is %s', (sql, summary) => {
  expect(summarise(sql)).toBe(summary);
});

it('names the first of many statements', () => {
  expect(summarise(Array.from({ length: 20 }, () => 'commit').join(';\n'))).toMatch(/^(commit, ){8}…$/);
});
