import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { routed } from './routed.ts';
import type { Session } from './session.ts';

export function aimWebhooks(
  unit: UnitOfWork,
  { toStaff }: Session,
): Pick<UnitOfWork, 'webhookEndpoints' | 'webhookDeliveries'> {
  return {
    webhookEndpoints: routed(unit.webhookEndpoints, {
      count: toStaff,
      add: toStaff,
      lock: toStaff,
      save: toStaff,
      findSecrets: toStaff,
      saveSecrets: toStaff,
      remove: toStaff,
    }),
    webhookDeliveries: routed(unit.webhookDeliveries, {
      add: toStaff,
      claim: toStaff,
      record: toStaff,
      replay: toStaff,
      redeliver: toStaff,
    }),
  };
}
