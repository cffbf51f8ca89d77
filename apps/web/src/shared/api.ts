import {
  type IdempotencyKeys,
  type TicketStore,
  createIdempotencyKeys,
  createServerClock,
  createTicketStore,
  openClient,
  scopedStorage,
} from '@frontrow/client';
import { type ReadonlySignal, computed } from '@preact/signals';
import { browserStorage } from './browser-storage.ts';
import { createRenewingFetch } from './identity/renewing-fetch.ts';
import { accessToken, renewSession, userId } from './identity/session.ts';

/** The time of the server, learnt from its answers. */
export const clock = createServerClock();

/** Renews the access token of a request that is answered with 401, once. */
const options = {
  accessToken,
  clock,
  fetch: createRenewingFetch({
    fetch: (input, init) => fetch(input, init),
    renew: (refused) => {
      renewSession(refused);
      return accessToken().catch(() => null);
    },
  }),
};

/** What every operation takes as its `client`. */
export const client = openClient(options);

/** For answers that take minutes, as a file of a million orders does. */
export const patientClient = openClient({ ...options, timeoutMs: 600_000 });

/** The storage of the user, apart from that of others who use the same browser. */
const storageOfUser = computed(() => scopedStorage(browserStorage, userId.value ?? ''));

export const idempotencyKeys: ReadonlySignal<IdempotencyKeys> = computed(() =>
  createIdempotencyKeys(storageOfUser.value),
);

/** The newest tickets of the waiting rooms, by concert. */
export const tickets: ReadonlySignal<TicketStore> = computed(() => createTicketStore(storageOfUser.value));
