/** One reference token of a JSON pointer (RFC 6901, section 3), with the slash before it. */
export function referenceToken(step: PropertyKey): string {
  return `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
