import { z } from 'zod';
import { EXAMPLE } from './examples.ts';
import { id, userId } from './fields.ts';

const concertId = id.meta({ examples: [EXAMPLE.concertId] });

export const concertParams = z.object({ concertId });
export const eventParams = z.object({ eventId: id.meta({ examples: [EXAMPLE.eventId] }) });
export const reservationParams = z.object({ reservationId: id.meta({ examples: [EXAMPLE.reservationId] }) });
export const paymentParams = z.object({ paymentId: id.meta({ examples: [EXAMPLE.paymentId] }) });
export const userParams = z.object({ userId: userId.meta({ examples: [EXAMPLE.userId] }) });
export const queuedUserParams = z.object({ concertId, userId: userId.meta({ examples: [EXAMPLE.userId] }) });
export const layoutTemplateParams = z.object({
  layoutTemplateId: id.meta({ examples: [EXAMPLE.layoutTemplateId] }),
});
export const saleCodeParams = z.object({ saleCodeId: id.meta({ examples: [EXAMPLE.saleCodeId] }) });
const endpointId = id.meta({ examples: [EXAMPLE.webhookEndpointId] });
export const webhookEndpointParams = z.object({ endpointId });
export const webhookMessageParams = z.object({
  endpointId,
  messageId: id.meta({ examples: [EXAMPLE.webhookMessageId] }),
});
