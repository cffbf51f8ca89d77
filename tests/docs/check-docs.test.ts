import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { checkDocs, type DocsReport } from '../../scripts/check-docs.ts';

/** Documents whose every reference resolves. */
const CORRECT = {
  'README.md': `# The project
See [the glossary](docs/glossary.md#ended-places), [here](#the-project), ![a picture](docs/line.svg) and
[the web](https://example.org/nothing.md). Run \`node src/main.ts\`; all of \`src/**/*.ts\`, a \`src/<verb>/\`, \`main.ts\`.
\`\`\`
cat src/that-is-only-shown.ts
\`\`\`
`,
  'docs/glossary.md':
    '## `ended` places\nBack to [the README](../README.md), [the sources](../src/), `../src/main.ts`.',
  'docs/line.svg': '<svg/>',
  'src/main.ts': 'export {};',
  'src/book/hold.ts': "import '../shared/result.ts';",
};

async function check(changes: Record<string, string> = {}): Promise<DocsReport> {
  const root = await mkdtemp(join(tmpdir(), 'frontrow-docs-'));
  try {
    for (const [path, text] of Object.entries({ ...CORRECT, ...changes })) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    return checkDocs(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

test('references that resolve pass, and all of them are counted', async () => {
  expect(await check()).toEqual({ documents: 2, links: 5, paths: 5, problems: [] });
});

test.each([
  ['[a](docs/gone.md)', 'new.md: the link docs/gone.md leads nowhere'],
  ['[a](../outside.md)', 'new.md: the link ../outside.md leads nowhere'],
  ['![a](docs/gone.svg)', 'new.md: the link docs/gone.svg leads nowhere'],
  ['[a][1]\n\n[1]: src/gone.ts', 'new.md: the link src/gone.ts leads nowhere'],
  ['| a |\n| - |\n| [a](docs/gone.md) |', 'new.md: the link docs/gone.md leads nowhere'],
  ['[a](docs/glossary.md#gone)', 'new.md: docs/glossary.md has no heading #gone'],
  ['[a](#gone)', 'new.md: new.md has no heading #gone'],
  ['`src/gone.ts`', 'new.md: the repository has no `src/gone.ts`'],
  ['`node src/gone.ts --once`', 'new.md: the repository has no `src/gone.ts`'],
  ['`src/gone`', 'new.md: the repository has no `src/gone`'],
  ['`elsewhere/main.ts`', 'new.md: the repository has no `elsewhere/main.ts`'],
  ['`src/*/gone-*.ts`', 'new.md: the repository has no `src/*/gone-*.ts`'],
  ['`gone.ts`', 'new.md: the repository has no `gone.ts`'],
])('%s is a problem', async (text, problem) => {
  expect((await check({ 'new.md': text })).problems).toEqual([problem]);
});

test.each([
  '`GET /v1/concerts`',
  '`application/json`',
  '`path/to/file.test.ts`',
  '`KRW`',
  '`maxActive`',
  '`a/b`',
])('%s is no path', async (text) => {
  expect(await check({ 'new.md': text })).toMatchObject({ paths: 5, problems: [] });
});

// In parts, so that the check does not find its own test.
test.each([
  ['DESIGN', '.md'],
  ['DESIGN', ' §4'],
  ['STYLE', '.md'],
  ['LIBRARIES', '.md'],
  ['../shared', '/NOTES'],
  ['issue', ' 9'],
])('%s%s is outside the repository for a document and for a source', async (...parts) => {
  const cited = parts.join('');
  const { problems } = await check({
    'new.md': `As ${cited} says.`,
    'src/main.ts': `export {};\n// As ${cited} says.`,
  });
  expect(problems).toContain(`new.md:1: ${cited} is outside the repository`);
  expect(problems).toContain(`src/main.ts:2: ${cited} is outside the repository`);
});

test('documents without a reference are a problem', async () => {
  const { problems } = await check({ 'README.md': '', 'docs/glossary.md': '' });
  expect(problems).toEqual(['nothing-scanned: 2 documents, 0 links, 0 paths']);
});
