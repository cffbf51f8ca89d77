import type { CrowdProcess } from '../../crowd/crowd-process.ts';
import type { App } from '../route.ts';
import { crowd } from './crowd-schema.ts';

/** Exists only in memory mode. */
export function getCrowd(app: App, crowds: CrowdProcess): void {
  app.route({
    method: 'GET',
    url: '/v1/dev/crowd',
    config: { identity: 'admin' },
    schema: {
      operationId: 'getCrowd',
      summary: 'Read the crowd of bots that runs, or the last one; only in memory mode',
      description: 'The counts are at most a second old, and stay after the end.',
      tags: ['Development'],
      response: { 200: crowd },
    },
    handler: async (_request, reply) => reply.send(crowds.current()),
  });
}
