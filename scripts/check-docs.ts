// `pnpm docs:check`: every relative link, heading anchor and code path in the documents leads to something in this
// repository, and no file cites what lies outside it.
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MarkdownDocument, readDocument } from './docs/read-document.ts';
import { type RepositoryFiles, listRepository } from './docs/repository-files.ts';

export type DocsReport = {
  readonly documents: number;
  readonly links: number;
  readonly paths: number;
  /** One line for each reference that leads nowhere; empty when all is well. */
  readonly problems: readonly string[];
};

/** Written by people; generated files and data are left out. */
const TEXT = /\.(md|[cm]?[jt]s|lua|sh|ya?ml)$/;
const EXTERNAL = /^[a-z][a-z0-9+.-]*:/i;
/** A path as documents write it: `<name>` and `NNNN` are placeholders, `*`, `**` and `{a,b}` are patterns. */
const PATH = /^(\.{1,2}\/)*[\w.@<>*{},-]+(\/[\w.@<>*{},-]+)*\/?$/;
const PLACEHOLDER = /<[^>]*>|N{2,}/g;
/** Of a path that only shows the form, as in a command that takes a file. */
const EXAMPLE = /^path\/to\//;
/** What a build writes. A new clone has none of it. */
const BUILT = /(^|\/)dist(\/|$)/;
const FILE_NAME = /\.(md|[cm]?[jt]s|lua|sh|ya?ml|json|sql\.txt)$/;
/** What is kept outside the repository: the brief of the project, its issues, and folders of one machine. */
const OUTSIDE = /\b(DESIGN(?:\.md| §\S*)|LIBRARIES\.md|STYLE\.md)|\.\.\/shared\/[A-Z]\w*|\b[Ii]ssue #?\d+\b/;

/** Checks the repository at `root`. */
export function checkDocs(root: string): DocsReport {
  const repository = listRepository(root);
  const texts = repository.files.filter((path) => TEXT.test(path));
  const documents = new Map(
    texts.filter((path) => path.endsWith('.md')).map((path) => [path, readDocument(repository.read(path))]),
  );
  const problems = texts.flatMap((path) => citationsOutside(path, repository.read(path)));
  let [links, paths] = [0, 0];
  for (const [file, { links: targets, codeWords }] of documents) {
    const internal = targets.filter((target) => !EXTERNAL.test(target));
    const codePaths = codeWords.filter((word) => isPath(word, repository));
    links += internal.length;
    paths += codePaths.length;
    problems.push(
      ...internal.flatMap((target) => linkProblems(file, target, documents, repository)),
      ...codePaths
        .filter((path) => !resolves(file, path, repository))
        .map((path) => `${file}: the repository has no \`${path}\``),
    );
  }
  if (documents.size === 0 || links === 0 || paths === 0)
    problems.push(`nothing-scanned: ${documents.size} documents, ${links} links, ${paths} paths`);
  return { documents: documents.size, links, paths, problems };
}

function citationsOutside(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const cited = OUTSIDE.exec(line)?.[0];
    return cited === undefined ? [] : [`${file}:${index + 1}: ${cited} is outside the repository`];
  });
}

function linkProblems(
  file: string,
  target: string,
  documents: ReadonlyMap<string, MarkdownDocument>,
  repository: RepositoryFiles,
): string[] {
  const [path = '', anchor] = decodeURIComponent(target).split('#');
  const linked = path === '' ? file : posix.normalize(posix.join(dirname(file), path)).replace(/\/$/, '');
  if (!repository.has(linked)) return [`${file}: the link ${target} leads nowhere`];
  const isKnown = anchor === undefined || documents.get(linked)?.anchors.has(anchor) !== false;
  return isKnown ? [] : [`${file}: ${linked} has no heading #${anchor}`];
}

/** A word in code counts as a path when it begins in a folder of the repository or ends as a file of ours does. */
function isPath(word: string, repository: RepositoryFiles): boolean {
  if (!PATH.test(word) || EXAMPLE.test(word) || BUILT.test(word)) return false;
  if (FILE_NAME.test(word)) return true;
  const [first = ''] = word.replace(/^(\.{1,2}\/)+/, '').split('/');
  return word.includes('/') && repository.has(first);
}

/** From the root of the repository or from the document's folder; a name without a folder may be anywhere. */
function resolves(file: string, word: string, repository: RepositoryFiles): boolean {
  const path = word.replaceAll(PLACEHOLDER, '*').replace(/\/$/, '');
  if (!path.includes('/') && repository.hasName(path)) return true;
  return [path, posix.join(dirname(file), path)].some((one) => repository.has(posix.normalize(one)));
}

if (import.meta.main) {
  const { documents, links, paths, problems } = checkDocs(fileURLToPath(new URL('..', import.meta.url)));
  for (const problem of problems) console.error(problem);
  console.log(
    `docs: ${documents} documents, ${links} links, ${paths} code paths, ${problems.length} problems`,
  );
  if (problems.length > 0) process.exitCode = 1;
}
