import { fileURLToPath } from 'node:url';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const REPOSITORY = folder('../../..');
export const WEB = folder('..');
export const DIST = folder('../dist');
/** In the build: the digest of the sources from which it was made. */
export const DIGEST = '.sources';
