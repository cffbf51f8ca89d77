import type { Application } from '@frontrow/application/application.ts';
import type { QueueMetrics } from './queue-metrics.ts';

/** The same application, which tells the metrics whenever a fan without a session is told of the own place. */
export function observeClaims(application: Application, { toldAfresh }: QueueMetrics): Application {
  return {
    ...application,
    async getQueueStatus(ticket) {
      const status = await application.getQueueStatus(ticket);
      if (ticket.sessionExpiresAt === null) toldAfresh(ticket.userId, status);
      return status;
    },
    async issueQueueToken(command) {
      const issued = await application.issueQueueToken(command);
      if (issued.ok) toldAfresh(command.userId, issued.value.status);
      return issued;
    },
  };
}
