import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const CITATION = /\]\(\.\.\/([^)]+\.(?:test|contract)\.ts)\): "([^"]+)"/g;

it.each(['docs/guarantees.md', 'docs/threat-model.md'])('%s cites tests that exist', (document) => {
  const citations = [...read(document).matchAll(CITATION)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));
  expect(citations.length).toBeGreaterThan(5);
  expect(citations.filter(({ file, title }) => !read(file).includes(title))).toEqual([]);
});

it('every guarantee has a test that attacks it', () => {
  const guarantees = read('docs/guarantees.md').split(/^### /m).slice(1);
  expect(guarantees.length).toBeGreaterThan(10);
  const unattacked = guarantees.filter((text) => text.match(CITATION) === null);
  expect(unattacked.map((text) => text.split('\n')[0])).toEqual([]);
});
