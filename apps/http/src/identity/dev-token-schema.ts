import { z } from 'zod';
import { userId } from '../routes/shared/fields.ts';
import { EXAMPLE } from '../routes/shared/examples.ts';

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
