import { randomBytes } from 'node:crypto';
import type { NewWebhookSecret } from '@frontrow/application/ports/webhooks/webhook-sender.ts';

/** Standard Webhooks 1.0.0 asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

export function createWebhookSecretGenerator(): NewWebhookSecret {
  return () => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}
