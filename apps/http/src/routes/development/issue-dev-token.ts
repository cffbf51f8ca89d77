import type { IssueDevToken } from '../../identity/dev-token-signer.ts';
import type { App } from '../route.ts';
import { devToken, newDevToken } from './dev-token-schema.ts';

/** Exists only where `AUTH_MODE=dev`. */
export function issueDevToken(app: App, issue: IssueDevToken): void {
  app.route({
    method: 'POST',
    url: '/v1/dev/tokens',
    config: { identity: 'anyone' },
    schema: {
      operationId: 'issueDevToken',
      summary: 'Sign an access token for any user; only where AUTH_MODE=dev',
      description: 'For development and tests: anybody may get a token of any user.',
      tags: ['Development'],
      body: newDevToken,
      response: { 201: devToken },
    },
    handler: async ({ body }, reply) => reply.code(201).send({ accessToken: issue(body.userId, body.scope) }),
  });
}
