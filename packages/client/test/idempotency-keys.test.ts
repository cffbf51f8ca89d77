import { describe, expect, it } from 'vitest';
import type { Answer } from '../src/answer.ts';
import { createIdempotencyKeys } from '../src/idempotency-keys.ts';
import { createMemoryStorage } from '../src/storage.ts';
import { DENIED_STORAGE } from './support/denied-storage.ts';

type AnyAnswer = Answer<string, { readonly code: string }>;

const paid: AnyAnswer = { ok: true, data: 'paid', replayed: false, response: new Response() };
const refused = (status: number | null, code: string): AnyAnswer => ({
  ok: false,
  problem: { code },
  status,
  retryAfterMs: null,
});
const PAY = { act: 'pay:1', body: {} };
const lost = refused(null, 'UNREACHABLE');

/** One page with the given storage: it sends acts and returns the keys that they had. */
function openPage(storage = createMemoryStorage()) {
  const keys = createIdempotencyKeys(storage);
  const send = async (answer: AnyAnswer, { act, body }: { act: string; body: unknown } = PAY) => {
    let used = '';
    await keys.send(act, body, async (key) => {
      used = key;
      return answer;
    });
    return used;
  };
  return { keys, send };
}

describe('idempotency keys', () => {
  it('sends an act without an answer again with its key, also after a reload', async () => {
    const storage = createMemoryStorage();
    const key = await openPage(storage).send(lost);
    const reloaded = openPage(storage);
    expect(reloaded.keys.isPending('pay:1')).toBe(true);
    expect(await reloaded.send(lost)).toBe(key);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
  });

  it('stores the key before the request', async () => {
    const storage = createMemoryStorage();
    await createIdempotencyKeys(storage).send('pay:1', {}, async (key) => {
      expect(storage.getItem('frontrow.key.pay:1')).toContain(key);
      return paid;
    });
  });

  it.each([
    ['a success', paid],
    ['a missing balance', refused(402, 'INSUFFICIENT_BALANCE')],
    ['a seat that is gone', refused(409, 'SEAT_UNAVAILABLE')],
    ['a lapsed hold', refused(410, 'HOLD_EXPIRED')],
    ['a key that was used for something else', refused(422, 'IDEMPOTENCY_KEY_REUSED')],
  ])('takes a new key after %s', async (_name, answer) => {
    const { send, keys } = openPage();
    const key = await send(answer);
    expect(keys.isPending('pay:1')).toBe(false);
    expect(await send(answer)).not.toBe(key);
  });

  it.each([
    ['no answer', lost],
    ['an overloaded server', refused(503, 'UNAVAILABLE')],
    ['a defect', refused(500, 'INTERNAL')],
    ['a first request that still runs', refused(409, 'IDEMPOTENCY_IN_PROGRESS')],
    ['too many requests', refused(429, 'RATE_LIMITED')],
    ['an access token that has expired meanwhile', refused(401, 'UNAUTHENTICATED')],
    ['a 404 of something between', refused(404, 'UNREACHABLE')],
  ])('keeps the key after %s', async (_name, answer) => {
    const { send } = openPage();
    const key = await send(answer);
    expect(await send(paid)).toBe(key);
  });

  it('has a key for each act and each body', async () => {
    const { send } = openPage();
    const seats = { act: 'hold:1', body: { seatNumbers: [1, 2] } };
    const key = await send(lost, seats);
    expect(await send(lost, { act: 'hold:2', body: seats.body })).not.toBe(key);
    expect(await send(lost, seats)).toBe(key);
    expect(await send(lost, { act: 'hold:1', body: { seatNumbers: [1, 3] } })).not.toBe(key);
  });

  it('gives two tabs that pay at the same time one key', async () => {
    const storage = createMemoryStorage();
    const [a, b] = [openPage(storage), openPage(storage)];
    const used: string[] = [];
    const bothSent = Promise.withResolvers<void>();
    const send = async (key: string) => {
      used.push(key);
      if (used.length === 2) bothSent.resolve();
      await bothSent.promise;
      return paid;
    };
    await Promise.all([a.keys.send('pay:1', {}, send), b.keys.send('pay:1', {}, send)]);
    expect(used[0]).toBe(used[1]);
  });

  it('does not remove the key of a later act of another tab', async () => {
    const storage = createMemoryStorage();
    const { keys } = openPage(storage);
    await keys.send('hold:1', { seatNumbers: [1] }, async () => {
      await openPage(storage).send(lost, { act: 'hold:1', body: { seatNumbers: [2] } });
      return paid;
    });
    expect(keys.isPending('hold:1')).toBe(true);
  });

  it('sends an act also where nothing can be stored', async () => {
    const { send } = openPage(DENIED_STORAGE);
    const key = await send(lost);
    expect(await send(paid)).toBe(key);
    expect(await send(paid)).not.toBe(key);
  });

  it('ignores what another program has stored under its name', async () => {
    const storage = createMemoryStorage();
    storage.setItem('frontrow.key.pay:1', '');
    expect(await openPage(storage).send(paid)).toMatch(/^[0-9a-f]{32}$/);
  });
});
