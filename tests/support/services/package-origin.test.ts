import { expect, test } from 'vitest';
import { parseOneLine } from './apt-sources.ts';
import { choosePackageOrigin, packageArchitecture } from './package-origin.ts';

const DEBIAN = 'ID=debian\nVERSION_CODENAME=bookworm\n';
const UBUNTU = 'ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n';
const MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_CODENAME=wilma\nUBUNTU_CODENAME=noble\n';

test("Debian gets unstable from the mirror of the machine's sources, not from a third party's", () => {
  const origin = choosePackageOrigin(
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

test.each([UBUNTU, MINT])(
  "Ubuntu and its derivatives get the archive of the machine's sources",
  (osRelease) => {
    const origin = choosePackageOrigin(
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
  expect(() => choosePackageOrigin('ID=fedora\nPRETTY_NAME="Fedora 44"', [])).toThrow(
    'Fedora 44, not Debian or Ubuntu',
  );
  expect(() => choosePackageOrigin('', [])).toThrow('not Debian or Ubuntu');
  expect(() => choosePackageOrigin(DEBIAN, [])).toThrow('no Debian mirror');
  expect(() => packageArchitecture('riscv64')).toThrow('x86_64 and arm64 only');
});
