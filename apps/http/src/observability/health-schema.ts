import { z } from 'zod';

export const liveness = z
  .object({ status: z.literal('ok') })
  .meta({ id: 'Liveness', examples: [{ status: 'ok' }] });

export const readiness = z
  .object({
    status: z.enum(['ok', 'failed', 'stopping']),
    dependencies: z.array(
      z.object({ name: z.string(), status: z.enum(['ok', 'failed']), reason: z.string().optional() }),
    ),
  })
  .meta({
    id: 'Readiness',
    examples: [
      {
        status: 'ok',
        dependencies: [
          { name: 'mysql', status: 'ok' },
          { name: 'redis', status: 'ok' },
        ],
      },
    ],
  });
