import { signal } from '@preact/signals';
import { readPreference, writePreference } from '../browser-storage.ts';
import { settings } from '../settings.ts';
import { type Bearer, readAccessToken } from './access-token.ts';

/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 60_000;

/** Who uses the page: `unknown` until the first token has been asked for. */
export type Session =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'signed-in'; readonly bearer: Bearer };

export const session = signal<Session>({ kind: 'unknown' });

let current: { readonly token: string; readonly bearer: Bearer } | null = null;
let asked: Promise<string | null> | null = null;

/** The access token of the user, renewed before its end; null when nobody is signed in. Throws when it cannot be asked for. */
export function accessToken(): Promise<string | null> {
  const { bearer, token } = current ?? {};
  const endsAt = bearer?.expiresAt ?? Infinity;
  if (token !== undefined && Date.now() < endsAt - RENEW_BEFORE_MS) return Promise.resolve(token);
  if (asked !== null) return asked;
  const asking = askForToken().finally(() => {
    if (asked === asking) asked = null;
  });
  asked = asking;
  return asking;
}

/** Forgets the token, for example after a 401, so that the next request asks for a new one. */
export function renewSession(): void {
  current = null;
  asked = null;
}

async function askForToken(): Promise<string | null> {
  const token = settings.mode === 'dev' ? await askDevServer() : await askSessionServer();
  const bearer = token === null ? null : readAccessToken(token);
  current = token === null || bearer === null ? null : { token, bearer };
  session.value = current === null ? { kind: 'signed-out' } : { kind: 'signed-in', bearer: current.bearer };
  return current?.token ?? null;
}

async function askSessionServer(): Promise<string | null> {
  const answer = await fetch(settings.sessionUrl ?? '', { credentials: 'include', cache: 'no-store' });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new TypeError(`the session server answered ${answer.status}`);
  return ((await answer.json()) as { readonly accessToken: string }).accessToken;
}

async function askDevServer(): Promise<string | null> {
  const user = readDevUser();
  if (user === null) return null;
  const answer = await fetch('/v1/dev/tokens', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(user.scope === '' ? { userId: user.userId } : user),
  });
  if (!answer.ok) throw new TypeError(`the server answered ${answer.status} to a request for a token`);
  return ((await answer.json()) as { readonly accessToken: string }).accessToken;
}

type DevUser = { readonly userId: string; readonly scope: string };

/** Fans and operators sign in separately, so that one browser can show both pages. */
const DEV_USER = `dev-user.${location.pathname.startsWith('/console') ? 'console' : 'fan'}`;

function readDevUser(): DevUser | null {
  const text = readPreference(DEV_USER);
  return text === null || text === '' ? null : (JSON.parse(text) as DevUser);
}

/** Signs in as any user, where `AUTH_MODE=dev`. `scope` is a list with spaces between its entries. */
export async function signInAs(userId: string, scope = ''): Promise<void> {
  writePreference(DEV_USER, JSON.stringify({ userId, scope }));
  renewSession();
  await accessToken();
}

/** Sends the browser to the sign-in page, which leads back here. */
export function goToSignIn(): void {
  if (settings.signInUrl === null) return;
  const url = new URL(settings.signInUrl, location.href);
  url.searchParams.set('return_to', location.href);
  location.assign(url);
}

export async function signOutOfDev(): Promise<void> {
  writePreference(DEV_USER, '');
  renewSession();
  session.value = { kind: 'signed-out' };
}
