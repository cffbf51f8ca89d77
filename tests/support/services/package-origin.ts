import { existsSync } from 'node:fs';
import type { AptSource } from './apt-sources.ts';

/** A source of packages for this machine. */
export type PackageOrigin = {
  /** For people, such as "Debian unstable". */
  readonly name: string;
  readonly sources: readonly AptSource[];
};

/** Where MySQL and other servers come from. */
export type ServerOrigin = PackageOrigin & {
  /** Names of MySQL's package; the first one that the sources have is used. */
  readonly mysqlPackages: readonly string[];
};

export type Architecture = { readonly apt: string; readonly triplet: string; readonly loader: string };

const ARCHITECTURES: Partial<Record<NodeJS.Architecture, Architecture>> = {
  x64: { apt: 'amd64', triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { apt: 'arm64', triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

const DEBIAN_KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const DEBIAN_SUITES = ['stable', 'oldstable', 'testing', 'unstable', 'sid'];

export function packageArchitecture(arch: NodeJS.Architecture): Architecture {
  const known = ARCHITECTURES[arch];
  if (known === undefined)
    throw new Error(`packages are unpacked on x86_64 and arm64 only, and this is ${arch}`);
  return known;
}

/** `osRelease` is the text of /etc/os-release; `configured` are apt's sources on this machine. */
export function chooseServerOrigin(osRelease: string, configured: readonly AptSource[]): ServerOrigin {
  const { family, codename } = readRelease(osRelease);
  const binary = configured.filter((source) => source.types.includes('deb'));
  return family === 'ubuntu' ? ubuntuOrigin(codename, binary) : debianUnstable(codename, binary);
}

/**
 * The release of Debian that this machine runs: Chromium starts its own processes, so it needs the machine's C library.
 * Throws on Ubuntu, which has Chromium only as a snap.
 */
export function chooseChromiumOrigin(osRelease: string, configured: readonly AptSource[]): PackageOrigin {
  const { family, codename } = readRelease(osRelease);
  if (family === 'ubuntu') throw new Error('Ubuntu has Chromium only as a snap');
  const binary = configured.filter((source) => source.types.includes('deb'));
  debianMirror(codename, binary);
  const suites = debianSuites(codename).flatMap((suite) => [suite, `${suite}-updates`, `${suite}-security`]);
  const sources = binary
    .filter(
      (source) => source.components.includes('main') && source.suites.some((suite) => suites.includes(suite)),
    )
    .map((source) => ({ ...source, types: ['deb'], components: ['main'], options: debianTrust(source) }));
  return { name: `Debian ${codename === '' ? 'unstable' : codename}`, sources };
}

function readRelease(osRelease: string): { family: 'debian' | 'ubuntu'; codename: string } {
  const fields = new Map(
    osRelease.split('\n').map((line) => {
      const [name = '', value = ''] = line.split('=');
      return [name, value.replaceAll('"', '').trim()];
    }),
  );
  const families = [fields.get('ID'), ...(fields.get('ID_LIKE') ?? '').split(' ')];
  const codename = fields.get('UBUNTU_CODENAME') ?? fields.get('VERSION_CODENAME') ?? '';
  if (families.includes('ubuntu')) return { family: 'ubuntu', codename };
  if (families.includes('debian')) return { family: 'debian', codename };
  throw new Error(`this is ${fields.get('PRETTY_NAME') ?? 'neither'}, not Debian or Ubuntu`);
}

function debianSuites(codename: string): readonly string[] {
  return [codename, ...DEBIAN_SUITES].filter((suite) => suite !== '');
}

function debianMirror(codename: string, configured: readonly AptSource[]): AptSource {
  const mirror = configured.find(
    ({ components, suites }) =>
      components.includes('main') && suites.some((suite) => debianSuites(codename).includes(suite)),
  );
  if (mirror === undefined) throw new Error("apt's sources on this machine name no Debian mirror");
  return mirror;
}

/** Unstable, because Debian's releases have only MariaDB. Its packages are unpacked and not installed. */
function debianUnstable(codename: string, configured: readonly AptSource[]): ServerOrigin {
  const mirror = debianMirror(codename, configured);
  const unstable = {
    types: ['deb'],
    uris: mirror.uris,
    suites: ['sid'],
    components: ['main'],
    options: debianTrust(mirror),
  };
  return { name: 'Debian unstable', sources: [unstable], mysqlPackages: ['mysql-server-core'] };
}

/** Ubuntu's archive, which has MySQL in main and Redis in universe; no source of a third party. */
function ubuntuOrigin(codename: string, configured: readonly AptSource[]): ServerOrigin {
  const sources = configured
    .filter((source) => source.suites.some((suite) => suite === codename || suite.startsWith(`${codename}-`)))
    .filter((source) => source.components.includes('main') || source.components.includes('universe'))
    .map((source) => ({ ...source, types: ['deb'], options: trustOf(source) }));
  if (sources.length === 0)
    throw new Error(`apt's sources on this machine name no Ubuntu mirror for ${codename}`);
  return {
    name: `Ubuntu ${codename}`,
    sources,
    mysqlPackages: ['mysql-server-core', 'mysql-server-core-8.4', 'mysql-server-core-8.0'],
  };
}

function trustOf(source: AptSource): Map<string, string> {
  return new Map([...source.options].filter(([name]) => name === 'signed-by' || name === 'trusted'));
}

function debianTrust(source: AptSource): Map<string, string> {
  const options = trustOf(source);
  if (options.size === 0 && existsSync(DEBIAN_KEYRING)) options.set('signed-by', DEBIAN_KEYRING);
  return options;
}
