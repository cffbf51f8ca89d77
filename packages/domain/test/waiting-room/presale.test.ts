import { describe, expect, it } from 'vitest';
import { type JoinRules, mayJoin } from '../../src/waiting-room/presale.ts';

const PUBLIC_START = 1_000;
const rules: JoinRules = { salesEndAt: 5_000, presale: { publicStartAt: PUBLIC_START } };
const needsCode = { code: 'SALE_CODE_REQUIRED', publicStartAt: PUBLIC_START };

describe('a join', () => {
  it('needs a code before the public start', () => {
    expect(mayJoin(rules, null, PUBLIC_START - 1)).toEqual({ ok: false, refusal: needsCode });
    expect(mayJoin(rules, 'a code', PUBLIC_START - 1)).toEqual({ ok: true, value: 'a code' });
    expect(mayJoin({ ...rules, salesEndAt: null }, null, PUBLIC_START - 1)).toMatchObject({ ok: false });
  });

  it('needs none from the public start on, and where there is no presale', () => {
    for (const sent of [null, 'a code']) {
      expect(mayJoin(rules, sent, PUBLIC_START)).toEqual({ ok: true, value: null });
      expect(mayJoin({ ...rules, presale: null }, sent, 0)).toEqual({ ok: true, value: null });
    }
  });

  it('is refused once the sale of every date has ended, with a code or without', () => {
    const presale = { publicStartAt: 6_000 };
    for (const sent of [null, 'a code'])
      expect(mayJoin({ salesEndAt: 5_000, presale }, sent, 5_000)).toEqual({
        ok: false,
        refusal: { code: 'ROOM_CLOSED' },
      });
  });
});
