// node coverage-summary.mjs <coverage-summary.json>: prints the totals as a Markdown table.
import { readFileSync } from 'node:fs';

const { total } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const rows = ['statements', 'branches', 'functions', 'lines'].map((measure) => {
  const { covered, total: count, pct } = total[measure];
  return `| ${measure} | ${pct} % | ${covered} of ${count} |`;
});
console.log(
  [
    '## Coverage of domain and application',
    '',
    '| measure | share | covered |',
    '| --- | ---: | ---: |',
    ...rows,
  ].join('\n'),
);
