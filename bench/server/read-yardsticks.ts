import type { TokenSigner } from '@frontrow/application/ports/token-signer.ts';
import { createAuthenticate } from '@frontrow/http/authenticator.ts';
import type { AuthConfig } from '@frontrow/http/config.ts';
import { addAuthentication } from '@frontrow/http/plugins/authentication.ts';
import { addNoStore } from '@frontrow/http/plugins/caching.ts';
import { addIdempotencyKeys } from '@frontrow/http/plugins/idempotency-key.ts';
import { addQueueTokenGuard } from '@frontrow/http/plugins/queue-token-guard.ts';
import type { App } from '@frontrow/http/routes/route.ts';
import { pageQuery } from '@frontrow/http/schemas/page.ts';
import { eventParams } from '@frontrow/http/schemas/params.ts';
import { seatQuery } from '@frontrow/http/schemas/seat.ts';
import { CONCERT_PAGE, SEAT_MAP } from './sample-reads.ts';

type Guards = { readonly tokenSigner: Pick<TokenSigner, 'verify'>; readonly auth: AuthConfig };

/** What the seat list and the list of concerts are held against, as in yardsticks.ts. */
export function addReadYardsticks(app: App, { tokenSigner, auth }: Guards): void {
  app.register(async (bare) => {
    bare.get('/v1/bench/bare/seats', { schema: { hide: true } }, async () => ({ ...SEAT_MAP }));
    bare.get('/v1/bench/bare/concerts', { schema: { hide: true } }, async () => ({ ...CONCERT_PAGE }));
    for (const [name, body] of Object.entries({ seats: SEAT_MAP, concerts: CONCERT_PAGE })) {
      const text = JSON.stringify(body);
      // A stricter yardstick than the goals ask for: the text is there already.
      bare.get(`/v1/bench/bare/${name}-text`, { schema: { hide: true } }, (_request, reply) =>
        reply.type('application/json; charset=utf-8').send(text),
      );
    }
  });
  app.register(async (guarded) => {
    addNoStore(guarded);
    addAuthentication(guarded, createAuthenticate(auth));
    addIdempotencyKeys(guarded);
    addQueueTokenGuard(guarded, tokenSigner);
    guarded.get(
      '/v1/bench/guarded/events/:eventId/seats',
      {
        config: { identity: 'user', queueToken: 'required' },
        schema: { hide: true, params: eventParams, querystring: seatQuery },
      },
      async () => ({}),
    );
    guarded.get(
      '/v1/bench/guarded/concerts',
      { config: { identity: 'anyone' }, schema: { hide: true, querystring: pageQuery } },
      async () => ({}),
    );
  });
}
