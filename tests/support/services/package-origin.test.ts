import { expect, test } from 'vitest';
import { parseOneLine } from './apt-sources.ts';
import { chooseChromiumOrigin, chooseServerOrigin, packageArchitecture } from './package-origin.ts';

const DEBIAN = 'ID=debian\nVERSION_CODENAME=bookworm\n';
const UBUNTU = 'ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n';
const MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_CODENAME=wilma\nUBUNTU_CODENAME=noble\n';

test("Debian gets unstable from the mirror of the machine's sources, not from a third party's", () => {
  const origin = chooseServerOrigin(
    DEBIAN,
    parseOneLine(`deb http://third.test/tools nodistro main
deb http://mirror.test/debian-security bookworm-security main
deb [signed-by=/k.gpg arch=amd64] http://mirror.test/debian bookworm main`),
  );
  expect(origin.name).toBe('Debian unstable');
  expect(origin.sources).toEqual([
    {
      types: ['deb'],
      uris: ['http://mirror.test/debian'],
      suites: ['sid'],
      components: ['main'],
      options: new Map([['signed-by', '/k.gpg']]),
    },
  ]);
});

test("Chromium comes from the release that the machine runs, and from no third party's source", () => {
  const origin = chooseChromiumOrigin(
    DEBIAN,
    parseOneLine(`deb http://third.test/tools nodistro main
deb http://third.test/apt bookworm-third main
deb [signed-by=/k.gpg] http://mirror.test/debian-security bookworm-security main contrib
deb-src http://mirror.test/debian bookworm main
deb [signed-by=/k.gpg] http://mirror.test/debian bookworm main`),
  );
  expect(origin.name).toBe('Debian bookworm');
  expect(origin.sources.map(({ suites, components }) => [...suites, ...components])).toEqual([
    ['bookworm-security', 'main'],
    ['bookworm', 'main'],
  ]);
  expect(() => chooseChromiumOrigin(UBUNTU, [])).toThrow('only as a snap');
  expect(() => chooseChromiumOrigin(DEBIAN, [])).toThrow('no Debian mirror');
});

test.each([UBUNTU, MINT])(
  "Ubuntu and its derivatives get the archive of the machine's sources",
  (osRelease) => {
    const origin = chooseServerOrigin(
      osRelease,
      parseOneLine(`deb http://mirror.test/ubuntu noble main universe
deb http://mirror.test/ubuntu noble-updates main universe
deb-src http://mirror.test/ubuntu noble main
deb http://third.test/tools stable main`),
    );
    expect(origin.sources.map(({ suites }) => suites)).toEqual([['noble'], ['noble-updates']]);
    expect(origin.mysqlPackages).toContain('mysql-server-core-8.0');
  },
);

test('the error names the unsupported system or the missing mirror', () => {
  expect(() => chooseServerOrigin('ID=fedora\nPRETTY_NAME="Fedora 44"', [])).toThrow(
    'Fedora 44, not Debian or Ubuntu',
  );
  expect(() => chooseServerOrigin('', [])).toThrow('not Debian or Ubuntu');
  expect(() => chooseServerOrigin(DEBIAN, [])).toThrow('no Debian mirror');
  expect(() => packageArchitecture('riscv64')).toThrow('x86_64 and arm64 only');
});
