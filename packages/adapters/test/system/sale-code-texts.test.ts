import { createHash } from 'node:crypto';
import { readSaleCode } from '@frontrow/domain/waiting-room/sale-code.ts';
import { describe, expect, it } from 'vitest';
import { createSaleCodeTexts } from '../../src/system/sale-code-texts.ts';

const OLD = { keyId: 'k1', secret: 'an-old-secret-of-at-least-32-characters' };
const NEW = { keyId: 'k2', secret: 'a-new-secret-of-at-least-32-characters!' };
const ID = '01KB3X8D1F4H7K0N3Q6S9V2X5Z';

describe('the texts of sale codes', () => {
  const texts = createSaleCodeTexts([OLD]);

  it('are the same for the same id and key, and distinct for others', () => {
    expect(texts.derive(ID, 'k1')).toBe(texts.derive(ID, 'k1'));
    const others = Array.from({ length: 1_000 }, (_, index) => texts.derive(`${ID}${index}`, 'k1'));
    expect(new Set([texts.derive(ID, 'k1'), ...others]).size).toBe(1_001);
    expect(createSaleCodeTexts([NEW]).derive(ID, 'k2')).not.toBe(texts.derive(ID, 'k1'));
    for (const text of others) expect(readSaleCode(text)).toBe(text.replaceAll('-', ''));
  });

  it('use the first key for new codes, and every configured one for those before', () => {
    const changed = createSaleCodeTexts([NEW, OLD]);
    expect(changed.keyId).toBe('k2');
    expect(changed.derive(ID, 'k1')).toBe(texts.derive(ID, 'k1'));
    expect(() => createSaleCodeTexts([NEW]).derive(ID, 'k1')).toThrow('QUEUE_TOKEN_SECRETS has no key k1');
  });

  it('are digested by SHA-256', () => {
    expect(texts.digest('7K3M')).toBe(createHash('sha256').update('7K3M').digest('hex'));
  });
});
