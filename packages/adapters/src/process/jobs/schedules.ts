/** How often each job is due, in ms. Admission paces itself by its windows: the tick only has to notice them in time. */
export const SCHEDULES = {
  'admit-waiting': 200,
  'relay-outbox': 250,
  'expire-sessions': 1_000,
  'sweep-holds': 1_000,
  'count-inventory': 1_000,
  'save-watermarks': 1_000,
  'purge-records': 600_000,
} as const;

export type JobName = keyof typeof SCHEDULES;
