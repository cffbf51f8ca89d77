import { createClient } from '@frontrow/client/generated/client/index.ts';
import { accessToken } from './identity/session.ts';

/** The client that the generated operations take. */
export const client = createClient({ baseUrl: '', auth: async () => (await accessToken()) ?? undefined });
