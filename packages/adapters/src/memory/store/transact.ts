import type { IdGenerator } from '@frontrow/application/ports/shared/id-generator.ts';
import type { Transact, UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { createMemoryAuditLog } from '../shared/audit-log.ts';
import { createMemoryBlockedSeats } from '../halls/blocked-seats.ts';
import { createMemoryCancellations } from '../catalog/cancellations.ts';
import { createMemoryConcerts } from '../catalog/concerts.ts';
import { createMemoryFailedPayments } from '../payments/failed-payments.ts';
import { createMemoryGateCheckIns } from '../booking/gate-check-ins.ts';
import type { MemoryDatabase, MemoryView } from './database.ts';
import { createMemoryIdempotency } from '../shared/idempotency.ts';
import { createMemoryLayouts } from '../halls/layouts.ts';
import { createMemoryLayoutTemplates } from '../halls/layout-templates.ts';
import { createMemoryOutbox } from '../shared/outbox.ts';
import { createMemoryPayments } from '../payments/payments.ts';
import { createMemoryQueueEnds } from '../waiting-room/queue-ends.ts';
import { createMemoryRefunds } from '../payments/refunds.ts';
import { createMemoryReservations } from '../booking/reservations.ts';
import { createMemorySellOuts } from '../waiting-room/sell-outs.ts';
import { createMemorySaleCodes } from '../waiting-room/sale-codes.ts';
import { createMemorySeats } from '../booking/seats.ts';
import { createMemoryWallets } from '../payments/wallets.ts';
import { createMemoryWebhookDeliveries } from '../webhooks/webhook-deliveries.ts';
import { createMemoryWebhookEndpoints } from '../webhooks/webhook-endpoints.ts';

export function createMemoryTransact(database: MemoryDatabase, ids: IdGenerator): Transact {
  return (work) => database.transact((view) => work(createUnit(view, ids)));
}

function createUnit(view: MemoryView, ids: IdGenerator): UnitOfWork {
  return {
    concerts: createMemoryConcerts(view),
    layouts: createMemoryLayouts(view),
    layoutTemplates: createMemoryLayoutTemplates(view),
    blockedSeats: createMemoryBlockedSeats(view),
    cancellations: createMemoryCancellations(view),
    seats: createMemorySeats(view),
    reservations: createMemoryReservations(view),
    gateCheckIns: createMemoryGateCheckIns(view),
    wallets: createMemoryWallets(view),
    payments: createMemoryPayments(view),
    failedPayments: createMemoryFailedPayments(view),
    refunds: createMemoryRefunds(view),
    queueEnds: createMemoryQueueEnds(view),
    sellOuts: createMemorySellOuts(view),
    saleCodes: createMemorySaleCodes(view),
    idempotency: createMemoryIdempotency(view),
    outbox: createMemoryOutbox(view, ids),
    auditLog: createMemoryAuditLog(view, ids),
    webhookEndpoints: createMemoryWebhookEndpoints(view),
    webhookDeliveries: createMemoryWebhookDeliveries(view),
  };
}
