import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDeb822, parseDeb822, parseOneLine, type AptSource } from './apt-sources.ts';
import { cachedFolder } from './cache-dir.ts';
import {
  chooseChromiumOrigin,
  chooseServerOrigin,
  packageArchitecture,
  type Architecture,
  type PackageOrigin,
  type ServerOrigin,
} from './package-origin.ts';
import { runCommand } from './run-command.ts';

type UnpackedPackages = {
  readonly origin: string;
  readonly root: string;
  /** The command that runs the unpacked program at this path below `root`. */
  readonly run: (program: string) => readonly string[];
};

/** A program that finds its unpacked libraries by the variable LD_LIBRARY_PATH. */
type UnpackedProgram = {
  readonly origin: string;
  readonly file: string;
  readonly libraryPath: string;
};

type Unpacking<Origin extends PackageOrigin> = {
  /** For people, such as "nginx". */
  readonly what: string;
  /** What tells the cached folder from the others of its origin. */
  readonly suffix: string;
  readonly chooseOrigin: (osRelease: string, configured: readonly AptSource[]) => Origin;
  /** The names of the packages; `configuration` is that of apt. */
  readonly choosePackages: (origin: Origin, configuration: string) => Promise<readonly string[]>;
  /** Packages that are neither downloaded nor unpacked, though others depend on them. */
  readonly without?: readonly string[];
};

let chromium: Promise<UnpackedProgram> | undefined;

/** MySQL and Redis from the distribution's packages, unpacked into the cache without being installed. */
export const unpackedPackages = unpackedOnce('MySQL and Redis', '', async (origin, configuration) => [
  await firstKnown(configuration, origin.mysqlPackages),
  'redis-server',
]);

// What few tests and commands need has folders of its own.
export const unpackedNginx = unpackedOnce('nginx', '-nginx', async () => ['nginx']);
export const unpackedValkey = unpackedOnce('Valkey', '-valkey', async () => ['valkey-server']);
export const unpackedHaproxy = unpackedOnce('HAProxy', '-haproxy', async () => ['haproxy']);

export const unpackedMysqlClient = unpackedOnce(
  "MySQL's client",
  '-mysql-client',
  async (origin, configuration) => [
    await firstKnown(
      configuration,
      origin.mysqlPackages.map((name) => name.replace('server', 'client')),
    ),
  ],
);

/** promtool, and kustomize, which Ubuntu lacks. */
export const unpackedDeploymentTools = unpackedOnce(
  'kustomize and promtool',
  '-deployment-tools',
  async (_origin, configuration) => [
    await firstKnown(configuration, ['promtool', 'prometheus']),
    ...((await isKnown(configuration, 'kustomize')) ? ['kustomize'] : []),
  ],
);

/** Unpacks with the first call. */
function unpackedOnce(
  what: string,
  suffix: string,
  choosePackages: Unpacking<ServerOrigin>['choosePackages'],
): () => Promise<UnpackedPackages> {
  let unpacked: Promise<UnpackedPackages> | undefined;
  return () =>
    (unpacked ??= unpackServers({ what, suffix, chooseOrigin: chooseServerOrigin, choosePackages }));
}

/** Chromium without windows, from the packages of the Debian release that this machine runs. */
export function unpackedChromium(): Promise<UnpackedProgram> {
  chromium ??= unpackChromium();
  return chromium;
}

async function unpackChromium(): Promise<UnpackedProgram> {
  const { origin, root, architecture } = await unpack({
    what: 'Chromium',
    suffix: '-chromium',
    chooseOrigin: chooseChromiumOrigin,
    choosePackages: async () => ['chromium-headless-shell'],
    // The machine's own C library fits the rest, and a desktop's tools bring drivers of graphics cards with them.
    without: ['libc6', 'x11-utils', 'xdg-utils'],
  });
  const libraries = librariesIn(root, architecture);
  const nested = libraries.map((folder) => join(folder, 'pulseaudio')).filter((folder) => existsSync(folder));
  return {
    origin,
    file: join(root, 'usr/lib/chromium/chromium-headless-shell'),
    libraryPath: [...libraries, ...nested].join(':'),
  };
}

async function unpackServers(unpacking: Unpacking<ServerOrigin>): Promise<UnpackedPackages> {
  const { origin, root, architecture } = await unpack(unpacking);
  return { origin, root, run: (program) => throughItsLoader(root, program, architecture) };
}

async function unpack<Origin extends PackageOrigin>(unpacking: Unpacking<Origin>) {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const architecture = packageArchitecture(process.arch);
  const origin = unpacking.chooseOrigin(osRelease, await configuredSources());
  const slug = origin.name.toLowerCase().replaceAll(' ', '-');
  const folder = await cachedFolder(`${slug}-${architecture.apt}${unpacking.suffix}`, (work) =>
    fill(work, origin, architecture, unpacking),
  );
  return { origin: `${origin.name}'s packages`, root: join(folder, 'root'), architecture };
}

async function configuredSources(): Promise<AptSource[]> {
  const folder = '/etc/apt/sources.list.d';
  const names = await readdir(folder).catch(() => []);
  const files = ['/etc/apt/sources.list', ...names.map((name) => join(folder, name))];
  const sources: AptSource[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (file.endsWith('.sources')) sources.push(...parseDeb822(text));
    if (file.endsWith('.list')) sources.push(...parseOneLine(text));
  }
  return sources;
}

async function fill<Origin extends PackageOrigin>(
  work: string,
  origin: Origin,
  architecture: Architecture,
  { what, choosePackages, without = [] }: Unpacking<Origin>,
): Promise<void> {
  process.stderr.write(`services: fetching ${what} from ${origin.name} (once) …\n`);
  const apt = join(work, 'apt');
  const archives = join(apt, 'archives');
  await mkdir(join(apt, 'lists', 'partial'), { recursive: true });
  await mkdir(join(archives, 'partial'), { recursive: true });
  // Without the machine's own packages, so that every library is downloaded too.
  await writeFile(join(apt, 'status'), without.map((name) => installedPackage(name, architecture)).join(''));
  await writeFile(join(apt, 'own.sources'), origin.sources.map(formatDeb822).join(''));
  await writeFile(join(apt, 'apt.conf'), aptConfiguration(apt, architecture));

  const aptGet = ['apt-get', '-c', join(apt, 'apt.conf'), '-qq'];
  await runCommand([...aptGet, 'update']);
  const chosen = await choosePackages(origin, join(apt, 'apt.conf'));
  await runCommand([...aptGet, '-y', '--no-install-recommends', '--download-only', 'install', ...chosen]);

  const packages = (await readdir(archives)).filter((name) => name.endsWith('.deb'));
  if (packages.length === 0) throw new Error('apt-get downloaded nothing');
  for (const name of packages) await runCommand(['dpkg-deb', '-x', join(archives, name), join(work, 'root')]);
  await rm(apt, { recursive: true });
}

/** An entry of apt's status that satisfies every dependency on the package. */
function installedPackage(name: string, { apt }: Architecture): string {
  const fields = ['Status: install ok installed', `Architecture: ${apt}`, 'Multi-Arch: same', 'Version: 999'];
  return `Package: ${name}\n${fields.join('\n')}\nMaintainer: frontrow\nDescription: not downloaded\n\n`;
}

/** Settings that keep apt's state and cache in `dir`. The machine's other settings, such as a proxy, still apply. */
function aptConfiguration(dir: string, architecture: Architecture): string {
  return [
    // The machine's hooks would clean the system's caches.
    '#clear APT::Update::Pre-Invoke;',
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
    `Dir::Etc::sourcelist "${dir}/own.sources";`,
    'Dir::Etc::sourceparts "-";',
    'Dir::Etc::preferencesparts "-";',
    `Dir::State::lists "${dir}/lists";`,
    `Dir::State::status "${dir}/status";`,
    `Dir::State::extended_states "${dir}/extended_states";`,
    `Dir::Cache "${dir}";`,
    `Dir::Cache::archives "${dir}/archives";`,
    '#clear APT::Architectures;',
    `APT::Architecture "${architecture.apt}";`,
    `APT::Architectures { "${architecture.apt}"; };`,
    'APT::Sandbox::User "root";', // the unprivileged user that apt switches to cannot write to `dir`
    'Acquire::Check-Valid-Until "false";', // a mirror may be frozen, a clock wrong
    'Acquire::Languages "none";',
    'Acquire::PDiffs "false";',
    'Acquire::Retries "2";',
    '',
  ].join('\n');
}

async function firstKnown(configuration: string, names: readonly string[]): Promise<string> {
  for (const name of names) if (await isKnown(configuration, name)) return name;
  throw new Error(`the mirror has none of ${names.join(', ')}`);
}

async function isKnown(configuration: string, name: string): Promise<boolean> {
  return /Candidate: \d/.test(await runCommand(['apt-cache', '-c', configuration, 'policy', name]));
}

/** The unpacked servers need the C library that was unpacked with them, so its loader runs them. */
function throughItsLoader(root: string, program: string, architecture: Architecture): readonly string[] {
  const libraries = librariesIn(root, architecture);
  const loaderFile = libraries
    .map((folder) => join(folder, architecture.loader))
    .find((file) => existsSync(file));
  if (loaderFile === undefined) throw new Error(`${architecture.loader} is not among the unpacked packages`);
  return [loaderFile, '--library-path', libraries.join(':'), join(root, program)];
}

function librariesIn(root: string, { triplet }: Architecture): readonly string[] {
  return [`${root}/usr/lib/${triplet}`, `${root}/lib/${triplet}`].filter((folder) => existsSync(folder));
}
