import { expect, test } from 'vitest';
import { formatDeb822, parseDeb822, parseOneLine } from './apt-sources.ts';

test('reads the stanzas of a .sources file', () => {
  const sources = parseDeb822(`# the archive
Types: deb deb-src
# a remark in the middle
URIs: http://mirror.test/debian
Suites: bookworm
  bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian.gpg

Types: deb
URIs: http://mirror.test/other
Suites: other
Components: main
Enabled: no
`);
  expect(sources).toEqual([
    {
      types: ['deb', 'deb-src'],
      uris: ['http://mirror.test/debian'],
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main'],
      options: new Map([['signed-by', '/usr/share/keyrings/debian.gpg']]),
    },
  ]);
});

test('reads the lines of a .list file', () => {
  const sources = parseOneLine(`
# deb http://mirror.test/commented out main
deb [arch=amd64,arm64 signed-by=/k.gpg] http://mirror.test/debian bookworm main contrib # why
deb-src http://mirror.test/debian bookworm main
`);
  expect(sources.map(({ types, components }) => [...types, ...components])).toEqual([
    ['deb', 'main', 'contrib'],
    ['deb-src', 'main'],
  ]);
  expect(sources[0]?.options.get('signed-by')).toBe('/k.gpg');
  expect(sources[0]?.options.get('arch')).toBe('amd64 arm64');
});

test('a formatted source parses to the same source, also with an embedded key', () => {
  const text = `Types: deb
URIs: http://mirror.test/debian
Suites: sid
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBFit
 -----END PGP PUBLIC KEY BLOCK-----
`;
  const [source] = parseDeb822(text);
  expect(source?.options.get('signed-by')).toContain('mQINBFit');
  expect(source && parseDeb822(formatDeb822(source))).toEqual([source]);
});
