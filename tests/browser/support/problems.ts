import type { BrowserContext } from 'playwright-core';

/** Chromium logs every answer above 399, which the page may expect. */
const REFUSED_REQUEST = /^Failed to load resource: /;

/** Adds to `problems` what the pages of a context should never do, as texts for people. */
export async function watchProblems(context: BrowserContext, url: string, problems: string[]): Promise<void> {
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`Content-Security-Policy: ${violatedDirective} forbids ${blockedURI}`);
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && !REFUSED_REQUEST.test(message.text()))
      problems.push(`logged an error: ${message.text()}`);
  });
  context.on('weberror', (error) => problems.push(`threw: ${error.error().stack ?? String(error.error())}`));
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== url && !['data:', 'blob:'].includes(protocol))
      problems.push(`sent a request to another server: ${request.url()}`);
  });
}
