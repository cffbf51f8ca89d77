import type { TokenSigner } from '@frontrow/application/ports/token-signer.ts';
import { createAuthenticate } from '@frontrow/http/authenticator.ts';
import type { AuthConfig } from '@frontrow/http/config.ts';
import { addAuthentication } from '@frontrow/http/plugins/authentication.ts';
import { addNoStore } from '@frontrow/http/plugins/caching.ts';
import { addIdempotencyKeys } from '@frontrow/http/plugins/idempotency-key.ts';
import { addQueueTokenGuard } from '@frontrow/http/plugins/queue-token-guard.ts';
import type { App } from '@frontrow/http/routes/route.ts';
import { noBody } from '@frontrow/http/schemas/common.ts';
import { concertParams } from '@frontrow/http/schemas/params.ts';
import { STATUS, TICKET } from './sample-status.ts';

type Guards = { readonly tokenSigner: Pick<TokenSigner, 'verify'>; readonly auth: AuthConfig };

/**
 * What the routes under measurement are held against, in the same server: `bare` sends a JSON of the same size and does
 * nothing else; `guarded` runs the same hooks and validations before a handler that does nothing.
 */
export function addYardsticks(app: App, { tokenSigner, auth }: Guards): void {
  app.register(async (bare) => {
    bare.get('/v1/bench/bare/poll', { schema: { hide: true } }, async () => ({ ...STATUS }));
    bare.post('/v1/bench/bare/join', { schema: { hide: true } }, async () => ({ ...STATUS, token: TICKET }));
  });
  app.register(async (guarded) => {
    addNoStore(guarded);
    addAuthentication(guarded, createAuthenticate(auth));
    addIdempotencyKeys(guarded);
    addQueueTokenGuard(guarded, tokenSigner);
    const config = { identity: 'anyone', queueToken: 'required' } as const;
    guarded.get('/v1/bench/guarded/poll', { config, schema: { hide: true } }, async () => ({}));
    guarded.post(
      '/v1/bench/guarded/join/:concertId',
      { config: { identity: 'user' }, schema: { hide: true, params: concertParams, body: noBody } },
      async () => ({}),
    );
  });
}
