import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Page, PageRequest } from './page.ts';

/** The request that asks for an administrative act. The command of each use case of an organiser has it as `by`. */
export type AdminRequest = {
  /** The `sub` of the access token. */
  readonly actor: UserId;
  /** Method and path template, as in `PATCH /v1/admin/concerts/:concertId/policy`. */
  readonly route: string;
  readonly requestId: string;
};

/** What an act changes, by its kind and id. The id of a place is its concert and its user. */
export type AuditTarget =
  | `${'concert' | 'event' | 'layout-template' | 'reservation' | 'wallet' | 'webhook' | 'ticket' | 'sale-code'}/${string}`
  | `place/${string}/${UserId}`;

export type AdminAct = {
  readonly by: AdminRequest;
  readonly target: AuditTarget;
  /** A JSON value: what the act changes, as it was before; null for what it creates. */
  readonly before: unknown;
  /** A JSON value: the same after the act; null for what it removes. */
  readonly after: unknown;
  /** Why, in the words of the actor. */
  readonly reason?: string;
};

export type AuditEntry = AdminRequest &
  Pick<AdminAct, 'before' | 'after'> & {
    readonly id: string;
    readonly target: string;
    readonly reason: string | null;
    /** The database's clock in the transaction of the act. */
    readonly at: Instant;
  };

/**
 * The append-only record of administrative acts, inside the transaction of the act: both commit or neither. A use case
 * appends once for each act, after its writes and where a refusal can no longer follow. With an idempotency key it appends
 * inside `idempotently`, because a replay is not another act. Secrets do not belong into `before` and `after`.
 */
export type AuditLog = { append(act: AdminAct): Promise<void> };

/** Null members do not filter. Includes `from` and excludes `until`. */
export type AuditFilter = {
  readonly actor: UserId | null;
  readonly target: string | null;
  readonly from: Instant | null;
  readonly until: Instant | null;
};

export type AuditLogReads = {
  /** The entries that match every member of the filter, newest first. */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
};
