import type { TokenSigner } from '@frontrow/application/ports/token-signer.ts';
import { createAuthenticate } from '@frontrow/http/authenticator.ts';
import type { AuthConfig } from '@frontrow/http/config.ts';
import { addAuthentication } from '@frontrow/http/plugins/authentication.ts';
import { addNoStore } from '@frontrow/http/plugins/caching.ts';
import { addIdempotencyKeys } from '@frontrow/http/plugins/idempotency-key.ts';
import { addQueueTokenGuard } from '@frontrow/http/plugins/queue-token-guard.ts';
import type { App } from '@frontrow/http/routes/route.ts';
import { seatChoice } from '@frontrow/http/schemas/reservation.ts';

type Guards = { readonly tokenSigner: Pick<TokenSigner, 'verify'>; readonly auth: AuthConfig };

/** As long as the refusal of one seat is. */
const REFUSAL = {
  type: 'urn:frontrow:problem:SEAT_UNAVAILABLE',
  title: 'A seat is not available',
  status: 409,
  detail: 'Not available: 7. No seat was held.',
  instance: '/v1/reservations',
  code: 'SEAT_UNAVAILABLE',
  unavailableSeats: [7],
} as const;

/** What `POST /v1/reservations` is held against: a JSON as long as a refusal; and the hooks of the route alone. */
export function addHoldYardsticks(app: App, { tokenSigner, auth }: Guards): void {
  app.register(async (bare) => {
    bare.post('/v1/bench/bare/hold', { schema: { hide: true } }, async () => ({ ...REFUSAL }));
  });
  app.register(async (guarded) => {
    addNoStore(guarded);
    addAuthentication(guarded, createAuthenticate(auth));
    addIdempotencyKeys(guarded);
    addQueueTokenGuard(guarded, tokenSigner);
    const config = { identity: 'user', queueToken: 'required', idempotencyKey: 'required' } as const;
    guarded.post(
      '/v1/bench/guarded/hold',
      { config, schema: { hide: true, body: seatChoice } },
      async () => ({}),
    );
  });
}
