/** The installation under test, from the environment of k6; throws if a variable is missing. */
const { BASE_URL = '', AUTH_JWT_SECRET = '', AUTH_ISSUER, AUTH_AUDIENCE } = __ENV;

if (BASE_URL === '')
  throw new Error('BASE_URL is missing: the address of frontrow, or several, separated by commas');
if (AUTH_JWT_SECRET === '')
  throw new Error(
    'AUTH_JWT_SECRET is missing: the secret with which frontrow verifies access tokens (HS256)',
  );

const baseUrls = BASE_URL.split(',').map((url) => url.trim().replace(/\/$/, ''));

/** Each virtual user uses one address, as a connection behind a load balancer uses one process. */
export const baseUrl = baseUrls[__VU % baseUrls.length];

/** The secret of access tokens, and the claims that this installation requires. */
export const auth = { secret: AUTH_JWT_SECRET, claims: { iss: AUTH_ISSUER, aud: AUTH_AUDIENCE } };
