/** The one queue of all processes. */
export const QUEUE = 'jobs';
