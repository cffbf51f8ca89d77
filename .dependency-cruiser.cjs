// domain ← application ← adapters ← apps: which file may import which. scripts/architecture.ts checks these rules and
// that something was scanned; tests/architecture/ proves that each rule catches its breach.

/** Tests and port contracts may use the test tools, and join what sources may not. */
const TEST = '^(packages|apps)/[a-z-]+/(test|contracts)/';
const TEST_TOOLS = npm('vitest', 'fast-check');
const DOMAIN = '^packages/domain/src/';
const APPLICATION = '^packages/application/src/';
const ADAPTERS = '^packages/adapters/src/';
const PRODUCT = '^(packages|apps)/';
/** What booking and payments may know of the waiting room. */
const WAITING_ROOM_FOR_ALL = [
  `${APPLICATION}ports/`,
  `${DOMAIN}waiting-room/queue-token\\.ts$`,
  `${APPLICATION}waiting-room/end-place\\.ts$`,
];

/** Matches what an import of one of these npm packages, or of its types, resolves to. */
function npm(...names) {
  return `(^|node_modules/(@types/)?)(${names.join('|')})(/|$)`;
}

function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

/** The packages `names` are for the files at `path` alone; product code elsewhere does without. */
function only(name, names, path) {
  const comment = `${names.join(' and ')} may be imported only at ${path}`;
  return forbid(name, comment, { path: PRODUCT, pathNot: [path, TEST] }, { path: npm(...names) });
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'domain-is-pure',
      'the domain imports nothing but itself: no package, no Node module',
      { path: DOMAIN, pathNot: TEST },
      { pathNot: DOMAIN },
    ),
    forbid(
      'domain-tests-are-pure',
      'a test of the domain needs the domain and the test tools',
      { path: '^packages/domain/test/' },
      { pathNot: ['^packages/domain/', TEST_TOOLS] },
    ),
    forbid(
      'application-knows-the-domain-only',
      'the application imports the domain and its own ports',
      { path: APPLICATION, pathNot: TEST },
      { pathNot: [DOMAIN, APPLICATION] },
    ),
    forbid(
      'application-tests-know-no-adapter',
      'what drives the application through adapters stands in tests/',
      { path: '^packages/application/(test|contracts)/' },
      { pathNot: [DOMAIN, '^packages/application/', TEST_TOOLS] },
    ),
    forbid(
      'packages-know-no-app',
      'nothing points back from the packages',
      { path: '^packages/' },
      { path: '^(apps|scripts|bench|k6)/' },
    ),
    forbid(
      'product-knows-no-test',
      'only tests import tests/',
      { path: PRODUCT, pathNot: TEST },
      { path: ['^(tests|scripts|bench|k6)/', TEST] },
    ),
    forbid(
      'adapter-folders-are-apart',
      'a folder of adapters imports none of its neighbours; open-ports.ts joins them',
      { path: `${ADAPTERS}([^/]+)/`, pathNot: `${ADAPTERS}process/` },
      { path: ADAPTERS, pathNot: `${ADAPTERS}$1/` },
    ),
    forbid(
      'process-knows-open-ports-alone',
      'what both apps share describes the configuration of open-ports.ts and knows no adapter',
      { path: `${ADAPTERS}process/` },
      { path: ADAPTERS, pathNot: [`${ADAPTERS}process/`, `${ADAPTERS}open-ports\\.ts$`] },
    ),
    forbid(
      'open-ports-joins-alone',
      'no other file beside open-ports.ts reaches into the folders of adapters',
      { path: `${ADAPTERS}[^/]+$`, pathNot: `${ADAPTERS}open-ports\\.ts$` },
      { path: `${ADAPTERS}[^/]+/` },
    ),
    forbid(
      'apps-are-apart',
      'no app imports another; what two of them share stands in packages/adapters/src/process/',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    forbid(
      'waiting-room-through-ports',
      'booking and payments reach the waiting room through its ports, its ticket and the end of a place alone',
      { path: '^packages/.*/(booking|payments)/', pathNot: TEST },
      { path: '^packages/.*/waiting-room/', pathNot: WAITING_ROOM_FOR_ALL },
    ),
    only('redlock-has-one-importer', ['redlock'], `${ADAPTERS}redis/seat-lock/`),
    only('sql-is-at-home-in-mysql', ['kysely', 'mysql2'], `${ADAPTERS}mysql/`),
    only('redis-client-stays-inside', ['ioredis'], `${ADAPTERS}((redis|bullmq)/|open-ports\\.ts$)`),
    only('bullmq-stays-inside', ['bullmq'], `${ADAPTERS}bullmq/`),
    forbid('no-cycles', 'a cycle has no first file to read', {}, { circular: true }),
    forbid(
      'imports-are-declared',
      "a package that is imported stands in its package.json, where the layer's limits are checked too",
      { path: PRODUCT, pathNot: TEST },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'nothing-unresolved',
      'an import that leads nowhere hides from every rule',
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types count: a type imported from a forbidden place is knowledge of it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
};
