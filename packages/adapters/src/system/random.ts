import type { Random } from '@frontrow/application/ports/random.ts';

export function createSystemRandom(): Random {
  return () => Math.random();
}
