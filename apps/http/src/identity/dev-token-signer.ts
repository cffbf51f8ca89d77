import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { createSigner } from 'fast-jwt';
import type { AuthConfig } from '../config.ts';

export type IssueDevToken = (userId: UserId, scope: string | undefined) => string;

const DEV_TOKEN_LIFETIME = '12h';

/** Signs a token for any caller, for development only. */
export function createIssueDevToken(config: AuthConfig & { readonly kind: 'dev' }): IssueDevToken {
  const { secret, issuer, audience } = config;
  const sign = createSigner({
    key: Buffer.from(secret),
    algorithm: 'HS256',
    expiresIn: DEV_TOKEN_LIFETIME,
    ...(issuer === undefined ? {} : { iss: issuer }),
    ...(audience === undefined ? {} : { aud: audience }),
  });
  return (userId, scope) => sign({ sub: userId, ...(scope === undefined ? {} : { scope }) });
}
