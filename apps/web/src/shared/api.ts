import { openClient } from '@frontrow/client';
import { accessToken } from './identity/session.ts';

/** The client that the operations take. */
export const client = openClient({ accessToken });
