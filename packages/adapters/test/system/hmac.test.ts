import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHmacSha256 } from '../../src/system/hmac.ts';

it('is what the standard library makes of any secret and text', () => {
  const text = fc.string({ maxLength: 200, unit: 'binary' });
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 4 }), (secret, texts) => {
      const hmac = createHmacSha256(secret, 400);
      for (const each of texts)
        expect(hmac(each)).toBe(createHmac('sha256', secret).update(each).digest('base64url'));
    }),
  );
});
