import { z } from 'zod';
import { type Code, PROBLEMS } from './problem.ts';

const CODES = Object.keys(PROBLEMS) as Code[];

/** The schema of each code has a name of its own in the OpenAPI document, such as `SeatUnavailableProblem`. */
for (const code of CODES) {
  const { status, title, members } = PROBLEMS[code];
  z.object({
    type: z.literal(`urn:frontrow:problem:${code}`),
    title: z.string(),
    status: z.literal(status),
    detail: z.string().meta({ description: 'For people; may change' }),
    instance: z.string().meta({ description: 'The path of the request' }),
    code: z.literal(code),
    ...members,
  }).meta({ id: nameOf(code), description: title });
}

/** The OpenAPI schema of a problem with one of these codes. */
export function problemSchema(codes: readonly Code[]): object {
  const refs = codes.map((code) => `#/components/schemas/${nameOf(code)}`);
  if (refs.length === 1) return { $ref: refs[0] };
  return {
    oneOf: refs.map(($ref) => ({ $ref })),
    discriminator: {
      propertyName: 'code',
      mapping: Object.fromEntries(codes.map((code, index) => [code, refs[index]])),
    },
  };
}

/** The OpenAPI schema of a problem with any code. */
export function anyProblemSchema(): { readonly description: string } {
  return { description: 'Any refusal; decide by `code`', ...problemSchema(CODES) };
}

function nameOf(code: Code): string {
  const words = code.split('_').map((word) => `${word[0]}${word.slice(1).toLowerCase()}`);
  return `${words.join('')}Problem`;
}
