import type { AdminRequest } from '@frontrow/application/ports/shared/audit-log.ts';

/** The request of the organiser who creates and changes the sales of the tests. */
export const BY_STAFF: AdminRequest = { actor: 'staff', route: 'POST /v1/admin/tests', requestId: 'test-1' };
