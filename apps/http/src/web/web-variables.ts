import { oneOf } from '@frontrow/adapters/process/environment.ts';
import { z } from 'zod';

/** Where the page gets its access tokens from, where that is not `POST /v1/dev/tokens`. */
export type SessionUrls = {
  /** Answers `{ "accessToken": "…" }` for the cookies of the browser, and 401 without a session. */
  readonly sessionUrl: string;
  /** Where a fan without a session signs in. */
  readonly signInUrl: string;
};

export type WebConfig = {
  /** Null where development tokens take its place. */
  readonly session: SessionUrls | null;
  /** Whether this process is in memory mode. */
  readonly memory: boolean;
};

/** A URL that the page requests or leads to: a path of the page's own origin, or an absolute URL. */
const pageUrl = z.string().refine((text) => isOwnPath(text) || isWebUrl(text), {
  error: 'must be a path like /session, or an http or https URL without a user and a fragment',
});

function isOwnPath(text: string): boolean {
  return /^\/(?![/\\])[\x21-\x7E]*$/.test(text) && !text.includes('#');
}

function isWebUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:\/\/[\x21-\x7E]+$/.test(text)) return false;
  // The policy of the page takes no other hosts: a `;` in one would end its directive.
  if (!/^[a-z\d.-]+$/.test(url.hostname)) return false;
  return url.username === '' && url.password === '' && !text.includes('#');
}

export const webVariables = {
  WEB: oneOf(['on', 'off']).optional(),
  WEB_SESSION_URL: pageUrl.optional(),
  WEB_SIGN_IN_URL: pageUrl.optional(),
};

export type WebVariables = z.output<z.ZodObject<typeof webVariables>> & {
  readonly NODE_ENV?: string | undefined;
  readonly AUTH_MODE?: 'dev' | undefined;
};

/** Rules between the variables: the variable to report, the complaint, and whether the rule is broken. */
export const WEB_RULES: readonly [
  keyof WebVariables,
  string,
  (variables: Partial<WebVariables>) => boolean,
][] = [
  [
    'WEB_SESSION_URL',
    'is needed for WEB=on, with WEB_SIGN_IN_URL',
    (v) => v.WEB === 'on' && v.AUTH_MODE !== 'dev' && v.WEB_SESSION_URL === undefined,
  ],
  [
    'WEB_SIGN_IN_URL',
    'is needed with WEB_SESSION_URL',
    (v) => v.WEB_SESSION_URL !== undefined && v.WEB_SIGN_IN_URL === undefined,
  ],
  [
    'WEB_SIGN_IN_URL',
    'must not be set without WEB_SESSION_URL',
    (v) => v.WEB_SIGN_IN_URL !== undefined && v.WEB_SESSION_URL === undefined && v.AUTH_MODE === 'dev',
  ],
  ...(['WEB_SESSION_URL', 'WEB_SIGN_IN_URL'] as const).map((name): (typeof WEB_RULES)[number] => [
    name,
    'must be a path or begin with https:// when NODE_ENV=production',
    (v) => v.NODE_ENV === 'production' && v[name]?.startsWith('http:') === true,
  ]),
];

/** Null where the page is left out, as it is by default where it would have no identity for its users. */
export function webConfigOf(
  variables: WebVariables,
  { memory }: Pick<WebConfig, 'memory'>,
): WebConfig | null {
  const { WEB, AUTH_MODE, WEB_SESSION_URL: sessionUrl, WEB_SIGN_IN_URL: signInUrl } = variables;
  const session = sessionUrl === undefined || signInUrl === undefined ? null : { sessionUrl, signInUrl };
  const hasIdentity = session !== null || AUTH_MODE === 'dev';
  if (WEB === 'off' || !hasIdentity) return null;
  return { session, memory };
}
