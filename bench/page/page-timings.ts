// Scripts that run in a page. They are text, because this folder knows no DOM.

/** Observes paints and interactions from the beginning of a page. Event Timing counts in steps of 8 ms from 16 ms on. */
export const OBSERVE = `
  globalThis.timings = { largestPaint: 0, interactions: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) timings.largestPaint = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId > 0) timings.interactions.push(entry.duration);
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 });
`;

/** The time of the largest paint so far, in ms after the navigation began. */
export const LARGEST_PAINT = `timings.largestPaint`;

/** Takes the durations of the interactions that were observed, from the input to the next paint, in ms. */
export const INTERACTIONS = `timings.interactions.splice(0)`;
