import { expect, it } from 'vitest';
import { createSecretBox } from '../../../src/mysql/webhooks/secret-box.ts';

const OLD = { keyId: 'old', secret: 'a secret of at least 32 characters' };
const NEW = { keyId: 'new', secret: 'another secret of 32 characters and more' };

it('decrypts what it has encrypted, also after a change of keys', () => {
  const encrypted = createSecretBox([OLD]).encrypt('whsec_bmV3', 'endpoint');
  expect(encrypted).toMatch(/^old\.[\w-]+$/);
  expect(encrypted).not.toContain('bmV3');
  expect(createSecretBox([NEW, OLD]).decrypt(encrypted, 'endpoint')).toBe('whsec_bmV3');
  expect(createSecretBox([NEW, OLD]).encrypt('whsec_bmV3', 'endpoint')).toMatch(/^new\./);
});

it('decrypts nothing of another endpoint, of an unknown key, or that was changed', () => {
  const box = createSecretBox([OLD]);
  const encrypted = box.encrypt('whsec_bmV3', 'endpoint');
  expect(() => box.decrypt(encrypted, 'other')).toThrow('unable to authenticate data');
  expect(() => box.decrypt(`${encrypted.slice(0, -2)}AA`, 'endpoint')).toThrow('unable to authenticate data');
  expect(() => box.decrypt('old.AAAA', 'endpoint')).toThrow('Invalid');
  expect(() => createSecretBox([NEW]).decrypt(encrypted, 'endpoint')).toThrow(
    'WEBHOOK_SECRET_KEYS has no key old',
  );
  expect(() => createSecretBox([]).encrypt('whsec_bmV3', 'endpoint')).toThrow(
    'WEBHOOK_SECRET_KEYS is needed',
  );
});

it('encrypts the same secret to another text each time', () => {
  const box = createSecretBox([OLD]);
  expect(box.encrypt('whsec_bmV3', 'endpoint')).not.toBe(box.encrypt('whsec_bmV3', 'endpoint'));
});
