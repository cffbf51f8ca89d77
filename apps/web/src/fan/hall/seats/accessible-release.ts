import { clock } from '../../../shared/api.ts';

/** Whether accessible and companion seats are sold like all others by now; null never releases them. */
export function isReleased(accessibleReleaseAt: string | null): boolean {
  return accessibleReleaseAt !== null && clock.msUntil(accessibleReleaseAt) === 0;
}
