import type { Random } from '../random.ts';
import type { Fault } from './fault.ts';
import { MYSQL_FAULTS } from './mysql-faults.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { PROCESS_FAULTS } from './process-faults.ts';
import { REDIS_FAULTS } from './redis-faults.ts';

export const FAULTS: readonly Fault[] = [
  ...NETWORK_FAULTS,
  ...PROCESS_FAULTS,
  ...MYSQL_FAULTS,
  ...REDIS_FAULTS,
];

const COUNT_MAX = 3;

/**
 * One to three faults of different subjects, which happen at the same time. Each fault comes once before any comes
 * again.
 */
export function createFaultMix(faults: readonly Fault[], random: Random): () => Fault[] {
  let remaining: Fault[] = [];
  function take(isFree: (fault: Fault) => boolean): Fault | null {
    if (remaining.length === 0) remaining = [...faults];
    const candidates = remaining.filter(isFree);
    if (candidates.length === 0) return null;
    const fault = random.pick(candidates);
    remaining.splice(remaining.indexOf(fault), 1);
    return fault;
  }
  return () => {
    const mix: Fault[] = [];
    const count = random.chance(0.5) ? 1 : random.between(2, COUNT_MAX);
    while (mix.length < count) {
      const subjects = new Set(mix.map(({ subject }) => subject));
      const fault = take(({ subject }) => !subjects.has(subject));
      if (fault === null) break;
      mix.push(fault);
    }
    return mix;
  };
}
