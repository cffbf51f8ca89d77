/** Method and path of the acts that staff do often, in words. */
const TEXTS: Readonly<Record<string, string>> = {
  'POST /v1/admin/concerts': 'Create a concert',
  'PATCH /v1/admin/concerts/:concertId': 'Edit a concert',
  'DELETE /v1/admin/concerts/:concertId': 'Delete a concert',
  'PUT /v1/admin/concerts/:concertId/sales': 'Stop or resume sales',
  'PATCH /v1/admin/concerts/:concertId/policy': 'Change the policy',
  'POST /v1/admin/concerts/:concertId/events': 'Create a date',
  'POST /v1/admin/concerts/:concertId/sale-codes': 'Create sale codes',
  'POST /v1/admin/sale-codes/:saleCodeId/revoke': 'Revoke a sale code',
  'DELETE /v1/admin/concerts/:concertId/waiting-room/users/:userId': 'End a place in the room',
  'PATCH /v1/admin/events/:eventId': 'Edit a date',
  'DELETE /v1/admin/events/:eventId': 'Delete a date',
  'PUT /v1/admin/events/:eventId/sales': 'Stop or resume sales',
  'POST /v1/admin/events/:eventId/cancel': 'Cancel a date',
  'PUT /v1/admin/events/:eventId/layout': 'Replace a layout',
  'PATCH /v1/admin/events/:eventId/categories/:categoryKey': 'Reprice a category',
  'POST /v1/admin/events/:eventId/blocked-seats': 'Block seats',
  'POST /v1/admin/events/:eventId/blocked-seats/release': 'Release seats',
  'POST /v1/admin/events/:eventId/reservations': 'Give seats away',
  'POST /v1/admin/reservations/:reservationId/cancel': 'Cancel a hold',
  'POST /v1/admin/reservations/:reservationId/refund': 'Refund an order',
  'POST /v1/admin/users/:userId/wallet/adjustments': 'Adjust a wallet',
  'POST /v1/admin/layout-templates': 'Create a layout template',
  'PUT /v1/admin/layout-templates/:layoutTemplateId': 'Replace a layout template',
  'DELETE /v1/admin/layout-templates/:layoutTemplateId': 'Delete a layout template',
  'POST /v1/admin/webhook-endpoints': 'Create a webhook endpoint',
  'PATCH /v1/admin/webhook-endpoints/:endpointId': 'Change a webhook endpoint',
  'DELETE /v1/admin/webhook-endpoints/:endpointId': 'Delete a webhook endpoint',
  'POST /v1/admin/webhook-endpoints/:endpointId/rotate-secret': 'Rotate a webhook secret',
  'POST /v1/admin/webhook-endpoints/:endpointId/test': 'Send a webhook test',
  'POST /v1/admin/webhook-endpoints/:endpointId/replay': 'Replay webhooks',
  'POST /v1/admin/webhook-endpoints/:endpointId/deliveries/:messageId/redeliver': 'Send a webhook again',
};

/** What an act does; its route where there is no text for it. */
export function actText(route: string): string {
  return TEXTS[route] ?? route;
}
