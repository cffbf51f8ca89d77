import { createUlidGenerator } from '../../../src/system/id-generator.ts';
import { readSlot } from '@frontrow/application/shared/slots.ts';
import { describe, expect, it } from 'vitest';
import { targetOf } from '../../../src/mysql/shards/aims.ts';
import { descendingById, inTurn, mergePages } from '../../../src/mysql/shards/every-shard.ts';
import { routed } from '../../../src/mysql/shards/unit/routed.ts';
import { shardsOf } from '../../../src/mysql/shards/shard-map.ts';
import { slotOf } from '../../../src/mysql/shards/slot-of.ts';

it('aims at the slot of two digits', () => {
  expect(targetOf('sales', 10)).toBe('sales[0a]');
  expect(targetOf('accounts', 255)).toBe('accounts[ff]');
});

it('computes the slot that an id of the concert names', () => {
  expect(slotOf('a concert')).toBe(0x9a);
  expect(readSlot(createUlidGenerator().nextIn('a concert'))).toBe(0x9a);
});

describe('shardsOf', () => {
  it.each([
    [
      ['sales/80-', 'sales/-80', 'accounts/-'],
      [
        { first: 0x00, target: 'sales:-80' },
        { first: 0x80, target: 'sales:80-' },
      ],
    ],
    [
      ['sales/80-', 'sales/-4', 'sales/4-80'],
      [
        { first: 0x00, target: 'sales:-4' },
        { first: 0x40, target: 'sales:4-80' },
        { first: 0x80, target: 'sales:80-' },
      ],
    ],
    [['sales/0', 'staff/0'], [{ first: 0x00, target: 'sales:0' }]],
  ])('of %j is %j', (names, shards) => expect(shardsOf(names, 'sales')).toEqual(shards));

  it('refuses shards that slots do not tell apart, and a missing keyspace', () => {
    expect(() => shardsOf(['sales/-8040', 'sales/8040-'], 'sales')).toThrow(/whole bytes/);
    expect(() => shardsOf(['sales/-'], 'accounts')).toThrow(/no keyspace accounts/);
  });
});

const page = (ids: readonly string[], hasMore = false) => ({
  items: ids.map((id) => ({ id })),
  nextCursor: hasMore ? ids.at(-1)! : null,
});

const merge = (pages: readonly ReturnType<typeof page>[], limit: number) =>
  mergePages(pages, { limit, cursor: null }, descendingById, ({ id }) => id);

describe('mergePages', () => {
  it('has the first items of all, and the cursor of the last of them', () => {
    expect(merge([page(['e', 'b']), page(['d', 'a'])], 3)).toEqual({
      items: [{ id: 'e' }, { id: 'd' }, { id: 'b' }],
      nextCursor: 'b',
    });
  });
  it('goes on where a shard has more, and ends where none has', () => {
    expect(merge([page(['e', 'b'], true), page([])], 2).nextCursor).toBe('b');
    expect(merge([page(['e']), page(['d'])], 2).nextCursor).toBeNull();
    expect(merge([page([]), page([])], 2)).toEqual({ items: [], nextCursor: null });
  });
});

it('takes from several lists in turn', () => {
  expect(inTurn([['a', 'b', 'c'], [], ['d']])).toEqual(['a', 'd', 'b', 'c']);
  expect(inTurn([])).toEqual([]);
});

it('aims before each method of a routed port', async () => {
  const calls: string[] = [];
  const port = routed(
    { find: async (id: string) => void calls.push(`find ${id}`), now: () => 7 },
    { find: async (id) => void calls.push(`aim ${id}`) },
  );
  await port.find('x');
  expect(calls).toEqual(['aim x', 'find x']);
  expect(port.now()).toBe(7);
});
