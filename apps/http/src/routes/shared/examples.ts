/** Values that the examples of the OpenAPI document share. */
export const EXAMPLE = {
  userId: 'fan-4711',
  concertId: '01KB3X7Q2N8ZJ4R6T9V1W5Y3AC',
  eventId: '01KB3X7Q9D2M5P8S1V4X7Z0B3E',
  reservationId: '01KB3XB6T4F7H0K3N6Q9S2V5XZ',
  paymentId: '01KB3XC8W1Y4A7C0E3G6J9M2PR',
  refundId: '01KB4A2C5E8G1J4M7P0R3T6V9Y',
  walletEntryId: '01KB3XA1B4D7F0H3K6N9Q2S5VX',
  webhookEndpointId: '01KB3X9C2E5H8K1N4Q7T0W3Z6B',
  webhookMessageId: '01KB3XC8W2B5D8F1H4K7N0Q3S6',
  webhookSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwWxVcZ1bYk7U=',
  ticketCode: 'T1.01KB3XB6T4F7H0K3N6Q9S2V5XZ.7.6C1D5D1A40E8A1C6F6A0C5B1D9A7E3F2',
  queueToken: 'v1.2026a.WyIwMUtCM1g3UTJOOFpKNFI2VDlWMVc1WTNBQyJd.pGt0Zw3u8nQ2xVbM5sYk7cLd1eRf4gTh6iUj9kOl0mA',
  accessToken: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmYW4tNDcxMSJ9.mXn0Jp7Yw3cQ5vTz8rLk2bHd4fGs6aEu9iOx1yWq0uM',
  idempotencyKey: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  etag: '"pGt0Zw3u8nQ2xVbM5sYk7cLd1eR"',
  cursor: 'ZXZlbnRzOjE3OTgxMzE2MDAwMDA6MDFLQjNY',
} as const;
