import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ICruiseResult, type IConfiguration, cruise } from 'dependency-cruiser';
import { expect, test } from 'vitest';
import { listSources } from '../../apps/web/build/sources.ts';
import { copySources, listStageFiles, parseDockerignore } from './image-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = listStageFiles(root, 'programs');
const dockerfile = readFileSync(join(root, 'docker/Dockerfile'), 'utf8');
const [, image = ''] = /^FROM \S+distroless\S+\n([\s\S]*)$/m.exec(dockerfile) ?? [];
const { options = {} } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as IConfiguration;

const TEST_CODE = /(^|\/)(tests?|contracts|bench|k6|scripts)\/|\.(test|contract)\.[cm]?[jt]s$/;
const TEST_TOOLS = /from '(vitest|fast-check|@frontrow\/tests\/[^']*)'/;

test('the image is made of the programs and the pages alone, and runs as a user who owns none of its files', () => {
  const copied = [...image.matchAll(/^COPY (.*)$/gm)].map(([, words]) => words);
  expect(copied).toEqual(['--from=programs /frontrow .', '--from=web /frontrow/apps/web/dist apps/web/dist']);
  expect(image).not.toMatch(/^(RUN|ADD)/m);
  expect(image).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
});

test('every base image is pinned by its digest, and those of Node have the version of the tests', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: { readonly node: string };
  };
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base = '']) => base);
  expect(bases).toHaveLength(3);
  for (const base of bases) expect(base).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
  const [web, programs] = bases;
  expect(programs).toBe(web);
  expect(web).toContain(`node:${devDependencies.node}-slim@`);
});

test('the image contains no test code', () => {
  expect(files.filter((file) => TEST_CODE.test(file))).toEqual([]);
  const sources = files.filter((file) => file.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((file) => TEST_TOOLS.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test('the image contains every file that its programs import', async () => {
  const { output } = await cruise(['apps/http/src', 'apps/worker/src'], { ...options, baseDir: root });
  const imported = (output as ICruiseResult).modules.map(({ source }) => source);
  const ours = imported.filter((source) => /^(apps|packages)\//.test(source));
  expect(ours.length).toBeGreaterThan(100);
  expect(ours.filter((source) => !files.includes(source))).toEqual([]);
  expect(files.filter((file) => file.endsWith('.lua')).length).toBeGreaterThan(0);
});

test('the image contains the build of the pages, and neither their sources nor Vite', () => {
  expect(image).toContain('COPY --from=web /frontrow/apps/web/dist apps/web/dist');
  expect(files.filter((file) => /^(apps\/web|packages\/client)\//.test(file))).toEqual([]);
  const manifests = files.filter((file) => file.endsWith('package.json'));
  for (const manifest of manifests.filter((file) => file !== 'package.json')) {
    const { dependencies } = JSON.parse(readFileSync(join(root, manifest), 'utf8')) as {
      readonly dependencies?: Readonly<Record<string, string>>;
    };
    expect(Object.keys(dependencies ?? {})).not.toEqual(expect.arrayContaining(['vite']));
  }
});

test('the stage that builds the pages contains everything that the build reads', () => {
  const stage = listStageFiles(root, 'web');
  const sources = listSources();
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.filter((file) => !stage.includes(file))).toEqual([]);
  expect(stage.filter((file) => TEST_CODE.test(file) || file.startsWith('apps/web/dist/'))).toEqual([]);
});

test('the image contains nothing but sources and manifests', () => {
  const allowed =
    /^(package\.json|pnpm-(lock|workspace)\.yaml|(packages|apps)\/[a-z-]+\/(package\.json|src\/.+))$/;
  expect(files.filter((file) => !allowed.test(file))).toEqual([]);
  expect(files.filter((file) => file.endsWith('package.json'))).toHaveLength(6);
});

test('reads the sources of COPY, and not what comes from another stage', () => {
  expect(copySources('FROM x AS y\nCOPY a b \\\n  ./c\nCOPY --chown=node d d\nCOPY --from=y e e')).toEqual([
    'a',
    'b',
    'd',
  ]);
});

test('reads .dockerignore as Docker does: the last matching pattern decides', () => {
  const isIgnored = parseDockerignore('# all\n*\n!packages/*/src\n**/.env*\n');
  const kept = [
    'packages/domain/src/a/b.ts',
    'packages/domain/test/b.ts',
    'README.md',
    'packages/domain/src/.env',
  ];
  expect(kept.map(isIgnored)).toEqual([false, true, true, true]);
});
