import type { AuditReport } from './audit-books.ts';

/** One line for each rule, and the first rows that break it. */
export function describeReport({ rules, roomCount, placeCount, violations }: AuditReport): string {
  const lines = rules.flatMap((rule) => {
    const violation = violations[rule];
    if (violation === undefined) return [`ok      ${rule}`];
    const rows = violation.rows.map((row) => `        ${JSON.stringify(row)}`);
    const more = violation.count - rows.length;
    return [
      `BROKEN  ${rule}: ${violation.count} ${violation.count === 1 ? 'row' : 'rows'}`,
      ...rows,
      ...(more > 0 ? [`        and ${more} more`] : []),
    ];
  });
  const broken = Object.keys(violations).length;
  const scope = `${rules.length} rules, ${roomCount} waiting rooms with ${placeCount} places`;
  const verdict =
    broken === 0 ? 'every rule holds' : `${broken} of the rules ${broken === 1 ? 'is' : 'are'} broken`;
  return [...lines, `${scope}: ${verdict}`].join('\n');
}
