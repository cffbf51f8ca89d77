import { chmod, copyFile, cp, mkdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureWebBuild } from '../../apps/web/build/ensure-web-build.ts';
import { copySources, listStageFiles, stageInstructions } from '../architecture/image-files.ts';
import type { ProgramFolder } from '../support/processes.ts';
import { runCommand } from '../support/services/run-command.ts';
import { makeTemporaryFolder } from '../support/services/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STAGE = 'programs';

/**
 * Makes the files of the image in a temporary folder, by the instructions of docker/Dockerfile and without a container
 * engine. The build of the pages is that of this repository. Node is a copy of the one that runs the tests. When they run
 * as root, the programs run as the user of the image, who may write to none of the files.
 */
export async function replayImage(): Promise<ProgramFolder> {
  const top = await makeTemporaryFolder('image');
  await chmod(top, 0o755);
  const folder = join(top, 'frontrow');
  await mkdir(folder);
  const files = listStageFiles(ROOT, STAGE);
  for (const { name, words } of stageInstructions(ROOT, STAGE)) {
    if (name === 'COPY') await copy(words, files, folder);
    if (name === 'RUN') await runCommand(['/bin/sh', '-c', `cd ${folder} && ${words}`]);
  }
  ensureWebBuild();
  await cp(join(ROOT, 'apps/web/dist'), join(folder, 'apps/web/dist'), { recursive: true });
  const node = join(top, 'node');
  await copyFile(process.execPath, node);
  await chmod(node, 0o755);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) await runCommand(['chmod', '-R', 'a-w', folder]);
  return { folder, node, user: isRoot ? userOfImage() : undefined };
}

export function userOfImage(): number {
  return Number(/^USER (\d+):/m.exec(readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8'))?.[1]);
}

async function copy(words: string, files: readonly string[], folder: string): Promise<void> {
  const destination = words.split(/\s+/).at(-1) ?? '';
  for (const source of copySources(`COPY ${words}`)) {
    const copied = files.filter((file) => file === source || file.startsWith(`${source}/`));
    if (copied.length === 0) throw new Error(`COPY ${words} copies nothing for ${source}`);
    const target = copied[0] === source ? join(destination, basename(source)) : normalize(destination);
    for (const file of copied) {
      const to = join(folder, target, file.slice(source.length));
      await mkdir(dirname(to), { recursive: true });
      await copyFile(join(ROOT, file), to);
    }
  }
}
