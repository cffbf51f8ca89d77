const STRING = /"[^"]*"/g;
const SELECTOR = /\{[^}]*\}/g;
const RANGE = /\[[^\]]*\]/g;
const GROUPING = /\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;
const WORD = /[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g;
const OPERATORS = new Set(['and', 'or', 'unless', 'bool']);

/** The metrics that a PromQL expression reads. */
export function metricsOf(expression: string): string[] {
  const bare = [STRING, SELECTOR, RANGE, GROUPING].reduce(
    (text, pattern) => text.replaceAll(pattern, ' '),
    expression,
  );
  // A number like 1.5e9 has a letter.
  const words = bare.replaceAll(/\b\d[\w.]*/g, ' ').match(WORD) ?? [];
  return [...new Set(words.filter((word) => !OPERATORS.has(word)))];
}

/** The series that a scrape in the text format has, with the suffixes of histograms and summaries. */
export function seriesOf(scrape: string): string[] {
  return [...scrape.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' || type === 'summary'
      ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`]
      : [name],
  );
}
