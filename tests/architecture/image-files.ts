import { readFileSync, readdirSync } from 'node:fs';
import { join, matchesGlob, normalize } from 'node:path';

/** The files that a stage of docker/Dockerfile copies from the build context, by their paths in this repository. */
export function listStageFiles(root: string, name: string): string[] {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const stages = splitStages(read('docker/Dockerfile'));
  const copied = copySources(stages.find((stage) => stage.startsWith(`${name}\n`)) ?? '');
  const isIgnored = parseDockerignore(read('docker/Dockerfile.dockerignore'));
  return listFiles(root).filter(
    (file) => copied.some((source) => isWithin(file, source)) && !isIgnored(file),
  );
}

/** The instructions of a stage in their order, with the words after the name of each. */
export function stageInstructions(root: string, name: string) {
  const stages = splitStages(readFileSync(join(root, 'docker/Dockerfile'), 'utf8'));
  const stage = stages.find((text) => text.startsWith(`${name}\n`)) ?? '';
  const lines = stage.replaceAll('\\\n', ' ').split('\n').slice(1);
  return [...lines.join('\n').matchAll(/^([A-Z]+) +(.*)$/gm)].map(([, instruction = '', words = '']) => ({
    name: instruction,
    words,
  }));
}

/** The lines after each FROM; the first line is the name of the stage, which may be empty. */
function splitStages(dockerfile: string): readonly string[] {
  return dockerfile.split(/^FROM \S+(?: AS )?/m).slice(1);
}

/** The sources of every COPY from the build context: all words of the line but the last. */
export function copySources(dockerfile: string): string[] {
  const lines = dockerfile.replaceAll('\\\n', ' ').split('\n');
  return lines.flatMap((line) => {
    const [instruction, ...words] = line.trim().split(/\s+/);
    const flags = words.filter((word) => word.startsWith('--'));
    if (instruction?.toUpperCase() !== 'COPY' || flags.some((flag) => flag.startsWith('--from='))) return [];
    return words
      .filter((word) => !flags.includes(word))
      .slice(0, -1)
      .map((source) => normalize(source));
  });
}

/** True for a file that the patterns leave out. The last matching pattern decides; `!` takes a file in again. */
export function parseDockerignore(text: string): (file: string) => boolean {
  const patterns = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return (file) => {
    const last = patterns.findLast((pattern) => matchesOrContains(pattern.replace(/^!/, ''), file));
    return last !== undefined && !last.startsWith('!');
  };
}

/** A pattern matches a path, and with a folder everything in it. */
function matchesOrContains(pattern: string, file: string): boolean {
  const segments = file.split('/');
  return segments.some((_, index) => matchesGlob(segments.slice(0, index + 1).join('/'), pattern));
}

function isWithin(file: string, source: string): boolean {
  return source === '.' || file === source || file.startsWith(`${source.replace(/\/$/, '')}/`);
}

/** Every file of the build context that could be in the image; node_modules is left out by name, to spare the time. */
function listFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['.git', 'node_modules'].includes(entry.name) ? [] : listFiles(root, path);
    return [path];
  });
}
