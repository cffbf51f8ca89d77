import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDeb822, parseDeb822, parseOneLine, type AptSource } from './apt-sources.ts';
import { cachedFolder } from './cache-dir.ts';
import {
  choosePackageOrigin,
  packageArchitecture,
  type Architecture,
  type PackageOrigin,
} from './package-origin.ts';
import { runCommand } from './run-command.ts';

export type UnpackedPackages = {
  readonly origin: string;
  readonly root: string;
  /** The command that runs the unpacked program at this path below `root`. */
  readonly run: (program: string) => readonly string[];
};

let services: Promise<UnpackedPackages> | undefined;
let nginx: Promise<UnpackedPackages> | undefined;

/** MySQL and Redis from the distribution's packages, unpacked into the cache without being installed. */
export function unpackedPackages(): Promise<UnpackedPackages> {
  services ??= unpack('', 'MySQL and Redis from', async (origin, configuration) => [
    await firstKnown(configuration, origin.mysqlPackages),
    'redis-server',
  ]);
  return services;
}

/** nginx in a folder of its own, because few tests need it. */
export function unpackedNginx(): Promise<UnpackedPackages> {
  nginx ??= unpack('-nginx', 'nginx from', async () => ['nginx']);
  return nginx;
}

/** The names of the packages to unpack; `configuration` is that of apt. */
type ChoosePackages = (origin: PackageOrigin, configuration: string) => Promise<readonly string[]>;

async function unpack(suffix: string, what: string, choose: ChoosePackages): Promise<UnpackedPackages> {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const architecture = packageArchitecture(process.arch);
  const origin = choosePackageOrigin(osRelease, await configuredSources());
  const slug = origin.name.toLowerCase().replaceAll(' ', '-');
  const folder = await cachedFolder(`${slug}-${architecture.apt}${suffix}`, (work) =>
    fill(work, origin, architecture, what, choose),
  );
  const root = join(folder, 'root');
  return {
    origin: `${origin.name}'s packages`,
    root,
    run: (program) => throughItsLoader(root, program, architecture),
  };
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

async function fill(
  work: string,
  origin: PackageOrigin,
  architecture: Architecture,
  what: string,
  choose: ChoosePackages,
): Promise<void> {
  process.stderr.write(`services: fetching ${what} ${origin.name} (once) …\n`);
  const apt = join(work, 'apt');
  const archives = join(apt, 'archives');
  await mkdir(join(apt, 'lists', 'partial'), { recursive: true });
  await mkdir(join(archives, 'partial'), { recursive: true });
  await writeFile(join(apt, 'status'), ''); // empty, so that every library is downloaded too
  await writeFile(join(apt, 'own.sources'), origin.sources.map(formatDeb822).join(''));
  await writeFile(join(apt, 'apt.conf'), aptConfiguration(apt, architecture));

  const aptGet = ['apt-get', '-c', join(apt, 'apt.conf'), '-qq'];
  await runCommand([...aptGet, 'update']);
  const chosen = await choose(origin, join(apt, 'apt.conf'));
  await runCommand([...aptGet, '-y', '--no-install-recommends', '--download-only', 'install', ...chosen]);

  const packages = (await readdir(archives)).filter((name) => name.endsWith('.deb'));
  if (packages.length === 0) throw new Error('apt-get downloaded nothing');
  for (const name of packages) await runCommand(['dpkg-deb', '-x', join(archives, name), join(work, 'root')]);
  await rm(apt, { recursive: true });
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
  for (const name of names) {
    const policy = await runCommand(['apt-cache', '-c', configuration, 'policy', name]);
    if (/Candidate: \d/.test(policy)) return name;
  }
  throw new Error(`the mirror has none of ${names.join(', ')}`);
}

/** The unpacked programs need the C library that was unpacked with them, so its loader runs them. */
function throughItsLoader(
  root: string,
  program: string,
  { triplet, loader }: Architecture,
): readonly string[] {
  const libraries = [`${root}/usr/lib/${triplet}`, `${root}/lib/${triplet}`].filter((folder) =>
    existsSync(folder),
  );
  const loaderFile = libraries.map((folder) => join(folder, loader)).find((file) => existsSync(file));
  if (loaderFile === undefined) throw new Error(`${loader} is not among the unpacked packages`);
  return [loaderFile, '--library-path', libraries.join(':'), join(root, program)];
}
