import {
  type Client,
  type ServerClock,
  type TicketStore,
  createMemoryStorage,
  createTicketStore,
  dataOf,
  answerOf,
  issueQueueToken,
  openClient,
} from '@frontrow/client';
import { signAccessToken } from '../../support/access-tokens.ts';

export type ClientFanOptions = {
  readonly baseUrl: string;
  readonly userId?: string;
  readonly fetch?: typeof fetch;
  readonly clock?: ServerClock;
};

/** A fan who uses the client as a page does, with a storage that outlives a reload. */
export type ClientFan = {
  readonly client: Client;
  readonly storage: ReturnType<typeof createMemoryStorage>;
  readonly tickets: TicketStore;
  join(concertId: string): Promise<void>;
};

export async function createClientFan({ userId = 'mina', ...options }: ClientFanOptions): Promise<ClientFan> {
  const accessToken = await signAccessToken(userId);
  const client = openClient({ ...options, accessToken: () => accessToken });
  const storage = createMemoryStorage();
  const tickets = createTicketStore(storage);
  return {
    client,
    storage,
    tickets,
    async join(concertId) {
      tickets.keep(dataOf(await answerOf(issueQueueToken({ client, path: { concertId }, body: {} }))));
    },
  };
}
