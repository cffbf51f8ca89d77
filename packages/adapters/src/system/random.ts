import type { Random } from '@frontrow/application/ports/shared/random.ts';

export function createSystemRandom(): Random {
  return () => Math.random();
}
