import type { FastifyInstance } from 'fastify';
import type { CrowdProcess } from '../../crowd/crowd-process.ts';
import { Refused } from '../../problems/errors.ts';
import type { App } from '../route.ts';
import { crowd, newCrowd } from './crowd-schema.ts';

/** Exists only in memory mode. */
export function startCrowd(app: App, crowds: CrowdProcess): void {
  app.route({
    method: 'POST',
    url: '/v1/dev/crowd',
    config: { identity: 'admin' },
    schema: {
      operationId: 'startCrowd',
      summary: 'Let a crowd of bots join, choose, pay and give up; only in memory mode',
      description:
        'The bots use the public API and end by themselves after a few minutes. At most one crowd runs at a time: ' +
        'while one runs, the answer is 200 with that one.',
      tags: ['Development'],
      body: newCrowd,
      response: { 200: crowd, 202: crowd },
    },
    async handler({ body, server }, reply) {
      const { crowd: started, isNew } = crowds.start(body.fans, loopbackUrlOf(server));
      return reply.code(isNew ? 202 : 200).send(started);
    },
  });
}

/** Where the bots reach this server. */
function loopbackUrlOf(server: Pick<FastifyInstance, 'addresses'>): string {
  for (const listener of server.addresses()) {
    if (typeof listener === 'string') continue; // a pipe
    const { address, family, port } = listener;
    if (family === 'IPv4' && (address.startsWith('127.') || address === '0.0.0.0'))
      return `http://127.0.0.1:${port}`;
    if (family === 'IPv6' && (address === '::1' || address === '::')) return `http://[::1]:${port}`;
  }
  const detail = 'Bots come over loopback alone, where this server does not listen: see HOST.';
  throw new Refused({ code: 'UNAVAILABLE', detail });
}
