import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { userId } from '../shared/fields.ts';

export const newDevToken = z
  .strictObject({
    userId,
    scope: z
      .string()
      .max(256)
      .optional()
      .meta({ description: 'Separated by spaces; admin opens the admin routes' }),
  })
  .meta({ id: 'NewDevToken', examples: [{ userId: EXAMPLE.userId }] });

export const devToken = z
  .object({ accessToken: z.string() })
  .meta({ id: 'DevToken', examples: [{ accessToken: EXAMPLE.accessToken }] });
