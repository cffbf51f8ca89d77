import type { CrowdProcess } from '../../crowd/crowd-process.ts';
import type { App } from '../route.ts';
import { noContent } from '../shared/fields.ts';

/** Exists only in memory mode. */
export function stopCrowd(app: App, crowds: CrowdProcess): void {
  app.route({
    method: 'DELETE',
    url: '/v1/dev/crowd',
    config: { identity: 'admin' },
    schema: {
      operationId: 'stopCrowd',
      summary: 'Stop the crowd of bots; only in memory mode; 204 also without one',
      description: 'The bots leave their places, and release what they hold, before the answer.',
      tags: ['Development'],
      response: { 204: noContent },
    },
    async handler(_request, reply) {
      await crowds.stop();
      return reply.code(204).send();
    },
  });
}
