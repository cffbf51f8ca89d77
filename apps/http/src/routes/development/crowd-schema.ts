import { z } from 'zod';
import { type Crowd, FANS_MAX, crowdCounts, seed } from '../../crowd/crowd-process.ts';

export const newCrowd = z
  .strictObject({ fans: z.int().min(1).max(FANS_MAX) })
  .meta({ id: 'NewCrowd', examples: [{ fans: 200 }] });

export const crowd = z
  .object({
    running: z.boolean(),
    fans: z.int().min(0).max(FANS_MAX).meta({ description: 'How many bots; 0 before the first crowd' }),
    seed: seed.meta({ description: 'The same seed gives the same bots; null before the first crowd' }),
    counts: crowdCounts.meta({ description: 'How many bots are in which part of their visit' }),
  })
  .meta({
    id: 'Crowd',
    examples: [
      {
        running: true,
        fans: 200,
        seed: 2_718_281,
        counts: { coming: 80, waiting: 60, choosing: 20, holding: 10, paid: 25, gaveUp: 5 },
      },
    ],
  }) satisfies z.ZodType<Crowd>;
