import type { Route } from '../route.ts';
import { jobsReport, presentJobs } from './jobs-schema.ts';

export const listJobs: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/jobs',
    config: { identity: 'sales:read' },
    schema: {
      operationId: 'listJobs',
      summary: 'Read the jobs of the workers: their queue, last runs and last failures',
      description:
        'Over all processes, by the clock of Redis. A job whose last run is much older than its interval has stopped.',
      tags: ['Admin'],
      response: { 200: jobsReport },
    },
    handler: async (_request, reply) => reply.send(presentJobs(await application.listJobs())),
  });
