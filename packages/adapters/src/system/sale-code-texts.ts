import { hash } from 'node:crypto';
import type { SaleCodeTexts } from '@frontrow/application/ports/waiting-room/sale-code-texts.ts';
import { saleCodeText } from '@frontrow/domain/waiting-room/sale-code.ts';
import { type TokenSecret, createKeyedMacs } from './keyed-macs.ts';

/** Part of what the key signs, so that nothing else that it signs is the text of a code. */
const VERSION = 'frontrow-sale-code-v1';

/** Derives texts by HMAC-SHA-256. Throws for a key id that is unusable or named twice. */
export function createSaleCodeTexts(secrets: readonly TokenSecret[]): SaleCodeTexts {
  const macs = createKeyedMacs(secrets);
  return {
    keyId: macs.signingKeyId,
    derive(id, keyId) {
      const mac = macs.mac(keyId, `${VERSION}.${id}`);
      if (mac === null) throw new Error(`QUEUE_TOKEN_SECRETS has no key ${keyId}, which derived sale codes`);
      return saleCodeText(mac);
    },
    digest: (digits) => hash('sha256', digits, 'hex'),
  };
}
