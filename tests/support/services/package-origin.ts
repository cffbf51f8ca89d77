import { existsSync } from 'node:fs';
import type { AptSource } from './apt-sources.ts';

/** The source of packages for this machine. */
export type PackageOrigin = {
  /** For people, such as "Debian unstable". */
  readonly name: string;
  readonly sources: readonly AptSource[];
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
export function choosePackageOrigin(osRelease: string, configured: readonly AptSource[]): PackageOrigin {
  const fields = new Map(
    osRelease.split('\n').map((line) => {
      const [name = '', value = ''] = line.split('=');
      return [name, value.replaceAll('"', '').trim()];
    }),
  );
  const families = [fields.get('ID'), ...(fields.get('ID_LIKE') ?? '').split(' ')];
  const codename = fields.get('UBUNTU_CODENAME') ?? fields.get('VERSION_CODENAME') ?? '';
  const binary = configured.filter((source) => source.types.includes('deb'));
  if (families.includes('ubuntu')) return ubuntuOrigin(codename, binary);
  if (families.includes('debian')) return debianOrigin(codename, binary);
  throw new Error(`this is ${fields.get('PRETTY_NAME') ?? 'neither'}, not Debian or Ubuntu`);
}

/** Unstable, because Debian's releases have only MariaDB. Its packages are unpacked and not installed. */
function debianOrigin(codename: string, configured: readonly AptSource[]): PackageOrigin {
  const suites = new Set([codename, ...DEBIAN_SUITES]);
  const own = configured.find(
    (source) => source.components.includes('main') && source.suites.some((suite) => suites.has(suite)),
  );
  if (own === undefined) throw new Error("apt's sources on this machine name no Debian mirror");
  const options = trustOf(own);
  if (options.size === 0 && existsSync(DEBIAN_KEYRING)) options.set('signed-by', DEBIAN_KEYRING);
  const unstable = { types: ['deb'], uris: own.uris, suites: ['sid'], components: ['main'], options };
  return { name: 'Debian unstable', sources: [unstable], mysqlPackages: ['mysql-server-core'] };
}

/** Ubuntu's archive, which has MySQL in main and Redis in universe; no source of a third party. */
function ubuntuOrigin(codename: string, configured: readonly AptSource[]): PackageOrigin {
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
