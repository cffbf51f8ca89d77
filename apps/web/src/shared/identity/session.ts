import { computed, signal } from '@preact/signals';
import { PREFERENCES, readPreference, writePreference } from '../browser-storage.ts';
import { settings } from '../settings.ts';
import { type Bearer, readAccessToken } from './access-token.ts';

/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 60_000;

/** Who uses the page: `unknown` until the first token has been asked for. */
export type Session =
  | { readonly kind: 'unknown' }
  /** `expiredUserId` has not signed out, but gets no token any more. */
  | { readonly kind: 'signed-out'; readonly expiredUserId: string | null }
  | { readonly kind: 'signed-in'; readonly bearer: Bearer };

export const session = signal<Session>({ kind: 'unknown' });

/** Whose place and seats the page shows: also those of a user whose sign-in has expired. */
export const userId = computed(() => {
  const current = session.value;
  if (current.kind === 'unknown') return null;
  return current.kind === 'signed-in' ? current.bearer.userId : current.expiredUserId;
});

type Current = {
  readonly token: string;
  readonly bearer: Bearer;
  /** By `performance.now()`: the clock of the device may be wrong. */
  readonly renewAt: number;
};

let current: Current | null = null;
let asked: Promise<string | null> | null = null;
/** Grows whenever what was asked for is no longer wanted. */
let generation = 0;

/**
 * The access token of the user, renewed before its end; null when nobody is signed in. Rejects when it cannot be asked for:
 * with a TypeError, that of `fetch`, where nobody answers.
 */
export function accessToken(): Promise<string | null> {
  if (current !== null && performance.now() < current.renewAt) return Promise.resolve(current.token);
  if (asked !== null) return asked;
  const asking = askForToken().finally(() => {
    if (asked === asking) asked = null;
  });
  asked = asking;
  return asking;
}

/**
 * Forgets the token, so that the next request asks for a new one. With `refused`, the token that the server has refused, only
 * as long as no newer one is there or on its way.
 */
export function renewSession(refused?: string): void {
  const isNewer = current === null ? asked !== null : current.token !== refused;
  if (refused !== undefined && isNewer) return;
  current = null;
  asked = null;
  generation += 1;
}

async function askForToken(): Promise<string | null> {
  const askedIn = generation;
  const token = settings.mode === 'dev' ? await askDevServer() : await askSessionServer();
  if (askedIn !== generation) return accessToken(); // the user has changed meanwhile
  const bearer = token === null ? null : readAccessToken(token);
  current = token === null || bearer === null ? null : { token, bearer, renewAt: renewalOf(bearer) };
  session.value =
    current === null
      ? { kind: 'signed-out', expiredUserId: userId.value }
      : { kind: 'signed-in', bearer: current.bearer };
  return current?.token ?? null;
}

function renewalOf({ expiresAt, issuedAt }: Bearer): number {
  if (expiresAt === null) return Infinity;
  return performance.now() + expiresAt - (issuedAt ?? Date.now()) - RENEW_BEFORE_MS;
}

async function askSessionServer(): Promise<string | null> {
  const answer = await fetch(settings.sessionUrl ?? '', { credentials: 'include', cache: 'no-store' });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`the session server answered ${answer.status}`);
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
  if (!answer.ok) throw new Error(`the server answered ${answer.status} to a request for a token`);
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
export async function signInAs(name: string, scope = ''): Promise<void> {
  writePreference(DEV_USER, JSON.stringify({ userId: name, scope }));
  renewSession();
  await accessToken();
}

/** Signs in or out with the other tabs of this browser. `events` is the window. */
export function followOtherTabs(events: Pick<Window, 'addEventListener'>): void {
  events.addEventListener('storage', ({ key }) => {
    if (key !== PREFERENCES + DEV_USER) return;
    if (readDevUser() === null) return signedOut();
    renewSession();
    accessToken().catch(() => undefined); // the next request asks again
  });
}

/** Sends the browser to the sign-in page, which leads back here. */
export function goToSignIn(): void {
  if (settings.signInUrl === null) return;
  const url = new URL(settings.signInUrl, location.href);
  url.searchParams.set('return_to', location.href);
  location.assign(url);
}

export function signOutOfDev(): void {
  writePreference(DEV_USER, '');
  signedOut();
}

function signedOut(): void {
  renewSession();
  session.value = { kind: 'signed-out', expiredUserId: null };
}
