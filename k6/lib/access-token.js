import { hmac } from 'k6/crypto';
import { b64encode } from 'k6/encoding';
import { auth } from './installation.js';

const LIFETIME_SECONDS = 3_600;
const HEAD = base64url({ alg: 'HS256', typ: 'JWT' });

/** An access token as an identity provider signs it; `scope` is undefined for a fan. */
export function signAccessToken(sub, scope) {
  const iat = Math.floor(Date.now() / 1000);
  const signed = `${HEAD}.${base64url({ sub, scope, iat, exp: iat + LIFETIME_SECONDS, ...auth.claims })}`;
  return `${signed}.${hmac('sha256', auth.secret, signed, 'base64rawurl')}`;
}

function base64url(value) {
  return b64encode(JSON.stringify(value), 'rawurl');
}
