/** The interval of each job in ms. A tick of admission has to notice in time that a new admission window may open. */
export const SCHEDULES = {
  'admit-waiting': 200,
  'relay-outbox': 250,
  'deliver-webhooks': 250,
  'expire-sessions': 1_000,
  'sweep-holds': 1_000,
  'end-cancelled-dates': 1_000,
  'count-inventory': 1_000,
  'save-watermarks': 1_000,
  'list-open-rooms': 2_000,
  'save-ledger-totals': 10_000,
  'purge-records': 600_000,
} as const;

export type JobName = keyof typeof SCHEDULES;
