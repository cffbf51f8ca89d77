import type { Reader, Reads } from './reader.ts';

type WebhookReads = Pick<Reads, 'webhookEndpointReads' | 'webhookDeliveryReads'>;

export function createShardedWebhookReads({ inStaff }: Reader): WebhookReads {
  return {
    webhookEndpointReads: {
      find: (id) => inStaff(({ webhookEndpointReads }) => webhookEndpointReads.find(id)),
      list: (page) => inStaff(({ webhookEndpointReads }) => webhookEndpointReads.list(page)),
      listWantedTypes: () => inStaff(({ webhookEndpointReads }) => webhookEndpointReads.listWantedTypes()),
      listEnabled: () => inStaff(({ webhookEndpointReads }) => webhookEndpointReads.listEnabled()),
    },
    webhookDeliveryReads: {
      list: (...args) => inStaff(({ webhookDeliveryReads }) => webhookDeliveryReads.list(...args)),
      find: (...args) => inStaff(({ webhookDeliveryReads }) => webhookDeliveryReads.find(...args)),
      listBacklogs: () => inStaff(({ webhookDeliveryReads }) => webhookDeliveryReads.listBacklogs()),
      purge: (...args) => inStaff(({ webhookDeliveryReads }) => webhookDeliveryReads.purge(...args)),
    },
  };
}
