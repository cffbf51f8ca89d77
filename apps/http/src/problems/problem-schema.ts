import { z } from 'zod';

/** The body of every refusal; docs/rejections.md names the members that some codes add. */
export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string().meta({ description: 'Stable; the member for programs' }),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .meta({
        description: 'With VALIDATION_FAILED: RFC 6901 pointers into the body, or /query, /path, /header',
      }),
  })
  .meta({ id: 'Problem' });
