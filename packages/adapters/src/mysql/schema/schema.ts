import type { Visibility } from '@frontrow/domain/catalog/concert.ts';
import type { Sales } from '@frontrow/domain/catalog/sales.ts';
import type { DeliveryStatus } from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { Policy } from '@frontrow/domain/catalog/policy.ts';
import type { EndReason } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { ReservationChange } from '@frontrow/domain/booking/reservation-history.ts';
import type { ReservationStatus } from '@frontrow/domain/booking/reservation.ts';
import type { Seat } from '@frontrow/domain/booking/seat.ts';
import type { PaymentFailureCode } from '@frontrow/domain/payments/failed-payment.ts';
import type { WalletEntryKind } from '@frontrow/domain/payments/wallet.ts';
import type { DisabledReason } from '@frontrow/domain/webhooks/endpoint.ts';
import type { WebhookEventType, WebhookMessageType } from '@frontrow/domain/webhooks/message.ts';
import type { ColumnType, Generated } from 'kysely';

/** The tables after all migrations. The driver returns BIGINT as text, because a double does not hold all its values. */
export type Database = {
  concert: ConcertTable;
  concert_event: ConcertEventTable;
  event_layout: EventLayoutTable;
  layout_template: LayoutTemplateTable;
  cancellation: CancellationTable;
  seat: SeatTable;
  reservation: ReservationTable;
  reservation_seat: ReservationSeatTable;
  wallet: WalletTable;
  wallet_entry: WalletEntryTable;
  ledger_total: LedgerTotalTable;
  payment: PaymentTable;
  failed_payment: FailedPaymentTable;
  refund: RefundTable;
  refund_seat: RefundSeatTable;
  gate_check_in: GateCheckInTable;
  idempotency_key: IdempotencyKeyTable;
  outbox: OutboxTable;
  queue_end: QueueEndTable;
  room_checkpoint: RoomCheckpointTable;
  sale_code: SaleCodeTable;
  sale_code_use: SaleCodeUseTable;
  audit_log: AuditLogTable;
  reservation_change: ReservationChangeTable;
  webhook_endpoint: WebhookEndpointTable;
  webhook_message: WebhookMessageTable;
  webhook_delivery: WebhookDeliveryTable;
  webhook_attempt: WebhookAttemptTable;
};

type BigInteger = ColumnType<string, number | string, number | string>;
/** Null in a row from before version 0.7; no statement has it in a condition. */
type ConcertOfRow = { concert_id: ColumnType<string | null, string | null | undefined> };
type SlotOfRow = { slot: ColumnType<Buffer | null, Buffer | null | undefined> };
type Json<T> = ColumnType<T, string, string>;

/** A policy as an earlier version may have stored it: without the members that are newer. */
export type StoredPolicy = {
  readonly admission: Partial<Policy['admission']>;
  readonly hold: Partial<Policy['hold']>;
  readonly presale?: Policy['presale'];
};

type SalesColumns = { sales_state: Sales['state']; sales_reason: string | null };

type ConcertTable = SalesColumns & {
  id: string;
  title: string;
  artist: string;
  description: string;
  policy: Json<StoredPolicy>;
  room_version: number;
  visibility: Visibility;
  version: number;
};

type ConcertEventTable = SalesColumns & {
  id: string;
  concert_id: string;
  venue: string;
  starts_at: Date;
  time_zone: string;
  reservation_start_at: Date;
  reservation_end_at: Date;
  refund_until: Date;
  seat_count: number;
  price: BigInteger;
  layout_version: number;
  accessible_release_at: Date | null;
  version: number;
};

type EventLayoutTable = ConcertOfRow & {
  concert_event_id: string;
  version: number;
  document: Buffer;
  digest: Buffer;
  categories: string;
  created_at: Date;
};

type LayoutTemplateTable = {
  id: string;
  name: string;
  version: number;
  seat_count: number;
  document: Buffer;
  digest: Buffer;
  created_at: Date;
  updated_at: Date;
};

type CancellationTable = ConcertOfRow & {
  concert_event_id: string;
  actor: string;
  reason: string;
  cancelled_at: Date;
  finished_at: Date | null;
};

type SeatTable = ConcertOfRow & {
  concert_event_id: string;
  number: number;
  price: BigInteger;
  next_price: ColumnType<string | null, number | null | undefined, number | null>;
  status: Seat['status'];
  reservation_id: string | null;
  hold_expires_at: Date | null;
  category: ColumnType<number, number | undefined>;
  block_reason: ColumnType<string | null, string | null | undefined>;
};

type ReservationTable = {
  id: string;
  user_id: string;
  concert_id: string;
  concert_event_id: string;
  status: ReservationStatus;
  total_amount: BigInteger;
  sequence: BigInteger;
  created_at: Date;
  hold_expires_at: Date;
  extensions: number;
  payment_id: string | null;
  refunded_amount: ColumnType<string, number | undefined, number>;
  live_hold: 1 | null;
  complimentary: ColumnType<0 | 1, boolean | undefined>;
};

type ReservationChangeTable = ConcertOfRow & {
  id: Generated<string>;
  reservation_id: string;
  kind: ReservationChange['kind'];
  changed_at: Date;
  actor: string;
  reason: string | null;
};

type ReservationSeatTable = ConcertOfRow & { reservation_id: string; seat_number: number };

type WalletTable = { user_id: string; balance: BigInteger; entry_count: BigInteger };

type WalletEntryTable = {
  user_id: string;
  entry_number: BigInteger;
  id: string;
  kind: WalletEntryKind;
  amount: BigInteger;
  balance_after: BigInteger;
  payment_id: string | null;
  created_at: Date;
};

type LedgerTotalTable = { until_at: Date; total: BigInteger };

type PaymentTable = ConcertOfRow & {
  id: string;
  reservation_id: string;
  user_id: string;
  amount: BigInteger;
  balance_after: BigInteger;
  paid_at: Date;
};

type FailedPaymentTable = ConcertOfRow & {
  reservation_id: string;
  failure_code: PaymentFailureCode;
  id: string;
  user_id: string;
  amount: BigInteger;
  failed_at: Date;
  repeat_count: Generated<number>;
};

type RefundTable = {
  id: string;
  reservation_id: string;
  payment_id: string;
  user_id: string;
  concert_id: string;
  concert_event_id: string;
  seats_returned: number;
  amount: BigInteger;
  balance_after: BigInteger;
  wallet_entry_id: string;
  refunded_at: Date;
  actor: string;
  reason: string | null;
};

type RefundSeatTable = ConcertOfRow & { reservation_id: string; seat_number: number; refund_id: string };

type GateCheckInTable = ConcertOfRow & {
  reservation_id: string;
  seat_number: number;
  concert_event_id: string;
  gate: string | null;
  actor: string;
  checked_in_at: Date;
};

type IdempotencyKeyTable = SlotOfRow & {
  request_digest: Buffer;
  fingerprint: string;
  answer: string | null;
  replay_count: Generated<number>;
  created_at: Date;
};

type OutboxTable = SlotOfRow & {
  id: Generated<string>;
  kind: string;
  payload: Json<unknown>;
  created_at: Date;
  due_at: Date;
  delivered_at: Date | null;
};

type QueueEndTable = {
  concert_id: string;
  user_id: string;
  sequence: BigInteger;
  reason: EndReason;
  created_at: Date;
};

type RoomCheckpointTable = {
  concert_id: string;
  epoch: number;
  admission_watermark: ColumnType<string, number | undefined, number>;
  sold_out_at: ColumnType<Date | null, Date | null | undefined>;
  updated_at: Date;
};

type SaleCodeTable = {
  id: string;
  concert_id: string;
  code_digest: string;
  label: string | null;
  uses_max: number;
  uses: Generated<number>;
  valid_from: Date | null;
  valid_until: Date | null;
  revoked_at: Date | null;
  created_at: Date;
};

type SaleCodeUseTable = {
  concert_id: string;
  user_id: string;
  sale_code_id: string;
  used_at: Date;
};

type AuditLogTable = {
  id: Generated<string>;
  created_at: Date;
  actor: string;
  route: string;
  request_id: string;
  target: string;
  reason: string | null;
  state_before: Json<unknown>;
  state_after: Json<unknown>;
};

type WebhookEndpointTable = {
  id: string;
  url: string;
  description: string;
  event_types: Json<readonly WebhookEventType[]>;
  disabled_reason: DisabledReason | null;
  /** Encrypted, as `previous_secret` is. */
  secret: string;
  previous_secret: string | null;
  previous_secret_until: Date | null;
  failing_since: Date | null;
  created_at: Date;
};

type WebhookMessageTable = {
  outbox_id: string;
  id: string;
  type: WebhookMessageType;
  subject_id: string;
  body: string;
  occurred_at: Date;
  created_at: Date;
  traceparent: string | null;
};

type WebhookDeliveryTable = {
  endpoint_id: string;
  outbox_id: string;
  subject_id: string;
  status: DeliveryStatus;
  attempt_count: number;
  scheduled_count: number;
  next_attempt_at: Date;
};

type WebhookAttemptTable = {
  endpoint_id: string;
  outbox_id: string;
  attempt: number;
  attempted_at: Date;
  duration_ms: number;
  status_code: number | null;
  error: string | null;
  next_attempt_at: Date | null;
};
