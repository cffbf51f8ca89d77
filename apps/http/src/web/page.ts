import { gzipSync } from 'node:zlib';
import type { CompressedAnswer } from '../routes/shared/compressed-answer.ts';
import { etagOf } from '../routes/shared/shared-answer.ts';
import { type PageSettings, withSettings } from './page-settings.ts';

/** Returns the HTML of a page as it is sent. */
export type Page = () => CompressedAnswer;

/** A new build is served at most this much later, without a restart. */
const READ_EVERY_MS = 1_000;

/** Reads the page at once, and again when it is asked for later. Keeps the last one while it cannot be read. */
export function createPage(read: () => string, settings: PageSettings): Page {
  let html = read();
  let answer = render(html, settings);
  let readAtMs = performance.now();
  return () => {
    if (performance.now() - readAtMs < READ_EVERY_MS) return answer;
    readAtMs = performance.now();
    try {
      const current = read();
      if (current !== html) answer = render(current, settings);
      html = current;
    } catch {
      // A build is being replaced; the files of the last page may be gone, but its own text is better than none.
    }
    return answer;
  };
}

function render(html: string, settings: PageSettings): CompressedAnswer {
  const text = withSettings(html, settings);
  return { gzip: gzipSync(text), etag: etagOf(text), type: 'text/html; charset=utf-8' };
}
