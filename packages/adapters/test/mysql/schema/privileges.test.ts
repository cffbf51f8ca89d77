import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TABLE_PRIVILEGES } from '../../../src/mysql/schema/privileges.ts';

const runbook = readFileSync(new URL('../../../../../docs/runbook.md', import.meta.url), 'utf8');

it('the runbook lists the privileges of every table', () => {
  const section = /^## Database accounts\n(.*?)^## /ms.exec(runbook)?.[1] ?? '';
  const documented = [...section.matchAll(/^\| `(\w+)` *\| ([^|]*?) *\| ([^|]*?) *\|$/gm)].map(
    ([, table, http, worker]) => [table, { http: listed(http), worker: listed(worker) }] as const,
  );
  expect(Object.fromEntries(documented)).toEqual(TABLE_PRIVILEGES);
});

function listed(text = ''): string[] {
  return text === '–' ? [] : text.split(', ');
}
