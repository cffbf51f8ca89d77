import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export type SecretBox = {
  /** `owner` is bound to the result, so that a row cannot take the secret of another. */
  encrypt(plain: string, owner: string): string;
  /** Throws for a text of an unknown key, of another owner, or that was changed. */
  decrypt(encrypted: string, owner: string): string;
};
export type EncryptionKey = { readonly keyId: string; readonly secret: string };

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts as `<keyId>.<base64url of nonce, ciphertext and tag>` by AES-256-GCM (NIST SP 800-38D), with a key that HKDF-SHA-256
 * derives from the configured secret. The first key encrypts, all of them decrypt.
 */
export function createSecretBox(keys: readonly EncryptionKey[]): SecretBox {
  const byId = new Map(
    keys.map(({ keyId, secret }) => [
      keyId,
      Buffer.from(hkdfSync('sha256', secret, '', 'frontrow webhook secrets', 32)),
    ]),
  );
  return {
    encrypt(plain, owner) {
      const [first] = byId;
      if (first === undefined) throw new Error('WEBHOOK_SECRET_KEYS is needed to encrypt a webhook secret');
      const [keyId, key] = first;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([
        nonce,
        cipher.update(plain, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return `${keyId}.${sealed.toString('base64url')}`;
    },
    decrypt(encrypted, owner) {
      const [keyId = '', text = ''] = encrypted.split('.');
      const key = byId.get(keyId);
      if (key === undefined)
        throw new Error(`WEBHOOK_SECRET_KEYS has no key ${keyId}, which encrypts a webhook secret`);
      const sealed = Buffer.from(text, 'base64url');
      const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      }).setAAD(Buffer.from(owner));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return (
        decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    },
  };
}
