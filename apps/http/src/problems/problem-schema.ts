import { z } from 'zod';

/** What every refusal looks like; some codes add members of their own, which docs/rejections.md names. */
export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string().meta({ description: 'Stable: programs decide by it' }),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .meta({
        description: 'With VALIDATION_FAILED: RFC 6901 pointers into the body, or /query, /path, /header',
      }),
  })
  .meta({ id: 'Problem' });
