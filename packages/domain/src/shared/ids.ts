/** A string that the compiler does not accept as an id of another kind. */
type Id<Kind extends string> = string & { readonly __kind?: Kind };

export type ConcertId = Id<'Concert'>;
export type EventId = Id<'ConcertEvent'>;
export type ReservationId = Id<'Reservation'>;
export type PaymentId = Id<'Payment'>;
export type RefundId = Id<'Refund'>;
export type WalletEntryId = Id<'WalletEntry'>;
export type LayoutTemplateId = Id<'LayoutTemplate'>;
export type SaleCodeId = Id<'SaleCode'>;
export type WebhookEndpointId = Id<'WebhookEndpoint'>;
/** The `sub` of the caller's access token. */
export type UserId = Id<'User'>;
