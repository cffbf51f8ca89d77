import { readFileSync, readdirSync } from 'node:fs';
import { basename, join, matchesGlob } from 'node:path';

const LEFT_OUT = new Set(['.git', '.cache', 'node_modules', 'coverage', 'dist']);

/** The files and folders of a repository, by their paths from its root. */
export type RepositoryFiles = {
  readonly files: readonly string[];
  read(path: string): string;
  /** True for a file, for a folder, and for a pattern (`*`, `**`, `{a,b}`) that matches one of them. */
  has(path: string): boolean;
  /** The same for the name of a file, in whichever folder it is. */
  hasName(name: string): boolean;
};

export function listRepository(root: string): RepositoryFiles {
  const files: string[] = [];
  const folders = new Set<string>(['']);
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (LEFT_OUT.has(entry.name)) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) files.push(path);
      if (!entry.isDirectory()) continue;
      folders.add(path);
      walk(path);
    }
  };
  walk('');
  const names = new Set(files.map((path) => basename(path)));
  const paths = new Set([...files, ...folders]);
  return {
    files,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    has: (path) => matches(paths, path),
    hasName: (name) => matches(names, name),
  };
}

function matches(all: ReadonlySet<string>, path: string): boolean {
  const isPattern = /[*{]/.test(path);
  return all.has(path) || (isPattern && [...all].some((one) => matchesGlob(one, path)));
}
