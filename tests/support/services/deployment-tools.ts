import { fileURLToPath } from 'node:url';
import { findOnPath } from './program.ts';
import { runCommand } from './run-command.ts';
import { openFirstAvailable } from './service.ts';
import { unpackedDeploymentTools } from './unpacked-packages.ts';

type Command = readonly string[];

const root = fileURLToPath(new URL('../../..', import.meta.url));
let kustomize: Promise<Command> | undefined;
let promtool: Promise<Command> | undefined;

/** The command that prints the resources of a folder, which is its last argument. */
export function findKustomize(): Promise<Command> {
  const own = (command: Command) => working(command, 'version', 'build');
  kustomize ??= openFirstAvailable('kustomize', [
    { name: 'kustomize on the PATH', open: async () => own([await findOnPath('kustomize')]) },
    {
      name: 'kubectl on the PATH',
      open: async () => working([await findOnPath('kubectl')], 'version --client', 'kustomize'),
    },
    { name: 'packages of Debian', open: async () => own(await unpacked('kustomize')) },
    {
      name: 'Docker',
      open: async () => own(inContainer('registry.k8s.io/kustomize/kustomize:v5.8.1', 'kustomize')),
    },
  ]);
  return kustomize;
}

/** The command that runs promtool. */
export function findPromtool(): Promise<Command> {
  const own = (command: Command) => working(command, '--version');
  promtool ??= openFirstAvailable('promtool', [
    { name: 'promtool on the PATH', open: async () => own([await findOnPath('promtool')]) },
    { name: 'packages of Debian or Ubuntu', open: async () => own(await unpacked('promtool')) },
    { name: 'Docker', open: async () => own(inContainer('prom/prometheus:v3.5.0', 'promtool')) },
  ]);
  return promtool;
}

async function unpacked(program: string): Promise<Command> {
  return (await unpackedDeploymentTools()).run(`usr/bin/${program}`);
}

/** A program of an image, which sees the files of this repository under their own paths. */
function inContainer(image: string, program: string): Command {
  const run = ['docker', 'run', '--rm', '--network=none', `--volume=${root}:${root}:ro`, `--workdir=${root}`];
  return [...run, `--entrypoint=${program}`, image];
}

/** The command with its last arguments, once it has answered to `question`. */
async function working(command: Command, question: string, ...args: string[]): Promise<Command> {
  await runCommand([...command, ...question.split(' ')]);
  return [...command, ...args];
}
