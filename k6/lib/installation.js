/** What is under test, from the environment of k6: throws, before anything is asked, where that does not say. */
const { BASE_URL = '', AUTH_JWT_SECRET = '', AUTH_ISSUER, AUTH_AUDIENCE } = __ENV;

if (BASE_URL === '')
  throw new Error('BASE_URL is missing: where frontrow listens; several processes with commas between them');
if (AUTH_JWT_SECRET === '')
  throw new Error('AUTH_JWT_SECRET is missing: the secret that frontrow verifies access tokens with (HS256)');

const baseUrls = BASE_URL.split(',').map((url) => url.trim().replace(/\/$/, ''));

/** Each virtual user stays with one process, as a connection behind a load balancer does. */
export const baseUrl = baseUrls[__VU % baseUrls.length];

/** What access tokens are signed with, and the claims that this installation may ask for. */
export const auth = { secret: AUTH_JWT_SECRET, claims: { iss: AUTH_ISSUER, aud: AUTH_AUDIENCE } };
