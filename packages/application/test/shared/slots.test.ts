import { assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { readSlot, writeSlot } from '../../src/shared/slots.ts';

const ULID = '01JDXQ8T5N7Z2WKQ4V9C3M6RHB';

it('reads the slot that it has written, in an id that differs in two characters', () => {
  assert(
    property(integer({ min: 0, max: 255 }), (slot) => {
      const id = writeSlot(ULID, slot);
      expect(readSlot(id)).toBe(slot);
      expect(id.slice(0, 10) + id.slice(12)).toBe(ULID.slice(0, 10) + ULID.slice(12));
    }),
  );
});

it.each(['', 'short', '01JDXQ8T5NZZ2WKQ4V9C3M6RHB', '01JDXQ8T5Nu02WKQ4V9C3M6RHB'])(
  'finds no slot in %j',
  (id) => expect(readSlot(id)).toBeNull(),
);
